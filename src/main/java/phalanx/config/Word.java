package phalanx.config;

/**
 * One word of a directive, its name or an argument. Any thread.
 *
 * @param text without quotes and escapes
 * @param quoted whether it stood in quotes
 */
public record Word(String text, boolean quoted, Position at) {}
