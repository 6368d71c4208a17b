package phalanx.proxy.http;

/**
 * Why a message is refused before anything else looks at it. Any thread.
 *
 * @param status the status code of the answer
 * @param reason what is wrong, for the answer's text and the log; holds nothing of the message itself
 */
public record Refusal(int status, String reason) {
    static Refusal bad(String reason) {
        return new Refusal(400, reason);
    }
}
