/**
 * The same truth for others: an analysis as JSON document, text, Markdown and HTML.
 *
 * <p>Reading order: {@link phalanx.share.Report}, {@link phalanx.share.AnalysisJson}, {@link phalanx.share.TextReport},
 * {@link phalanx.share.MarkdownReport}, {@link phalanx.share.HtmlReport}. Data comes from {@code explain}.
 */
@NullMarked
package phalanx.share;

import org.jspecify.annotations.NullMarked;
