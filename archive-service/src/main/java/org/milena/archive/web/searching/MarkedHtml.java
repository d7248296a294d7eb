package org.milena.archive.web.searching;

import java.util.List;
import org.milena.archive.rendering.Markup;
import org.milena.archive.search.Snippet;

/** A snippet as HTML: what was looked for between {@code mark} tags, and all text escaped. */
final class MarkedHtml {

  static String of(List<Snippet.Run> runs) {
    StringBuilder html = new StringBuilder(512);
    for (Snippet.Run run : runs) {
      html.append(run.hit() ? "<mark>" : "");
      Markup.escape(html, run.text());
      html.append(run.hit() ? "</mark>" : "");
    }
    return html.toString();
  }

  private MarkedHtml() {}
}
