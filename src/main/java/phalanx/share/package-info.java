/**
 * The same truth for others: an analysis as JSON document, text, Markdown, HTML and PDF; drawings as SVG, tables as CSV.
 *
 * <p>Reading order: {@link phalanx.share.Report}, {@link phalanx.share.AnalysisJson}, {@link phalanx.share.TextReport},
 * {@link phalanx.share.ReportFormat}, {@link phalanx.share.HtmlReport}. Data comes from {@code explain}.
 */
@NullMarked
package phalanx.share;

import org.jspecify.annotations.NullMarked;
