package org.milena.archive.web.searching;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.milena.archive.web.PageTexts;
import org.milena.common.web.PageLanguage;

/**
 * Pieces of pages that are the same for every reader of a language: each is rendered once, and put
 * into pages as it is.
 */
public final class FixedParts {
  private final BiFunction<String, Locale, String> renderer;
  private final Map<Part, String> rendered = new ConcurrentHashMap<>();

  private record Part(String template, Locale locale) {}

  /**
   * @param renderer makes HTML of a template by its name, in a language; knows nobody's request
   */
  public FixedParts(BiFunction<String, Locale, String> renderer) {
    this.renderer = renderer;
  }

  /** A template's HTML in the language of this request. */
  public String html(String template) {
    Locale asked = PageTexts.locale();
    Locale locale = PageLanguage.ALL.contains(asked) ? asked : PageLanguage.ALL.getFirst();
    // rendered outside of the map, which no rendering may hold
    Part part = new Part(template, locale);
    String known = rendered.get(part);
    if (known != null) {
      return known;
    }
    String html = renderer.apply(template, locale);
    rendered.put(part, html);
    return html;
  }
}
