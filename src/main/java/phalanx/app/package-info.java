/**
 * Where everything is put together: the only {@code main}, the command line, the pipeline, the start of the desk.
 *
 * <p>Reading order: {@link phalanx.app.Main}, {@link phalanx.app.AnalyzeCommand}, {@link phalanx.app.pipeline.Pipeline},
 * {@link phalanx.app.Desktop}.
 */
@NullMarked
package phalanx.app;

import org.jspecify.annotations.NullMarked;
