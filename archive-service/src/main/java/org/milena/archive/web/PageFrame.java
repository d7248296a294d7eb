package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.web.Caller;
import org.milena.common.web.PageLanguage;
import org.springframework.http.HttpHeaders;
import org.springframework.ui.Model;

/** What all pages of the archive have: languages, and how long they may be kept by others. */
public final class PageFrame {
  /** Cache-Control of pages with what is one reader's alone. */
  public static final String NOT_STORED = "private, no-store";

  /** A language by its own name: to look that up takes longer than the rest of this page. */
  private record Language(Locale locale, String tag, String name) {
    static Language of(Locale locale) {
      return new Language(locale, locale.toLanguageTag(), locale.getDisplayLanguage(locale));
    }
  }

  private static final List<Language> LANGUAGES =
      PageLanguage.ALL.stream().map(Language::of).toList();

  /** Another language of the page. */
  record LanguageView(String tag, String name, String url, boolean here) {}

  /**
   * @param path where the page belongs, for searching machines; null for one that is not for them
   * @param list whose page it is; null for one that everybody sees
   */
  public static void add(
      Model model,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable String path,
      String description,
      @Nullable MailingList list) {
    Locale here = PageTexts.locale();
    List<LanguageView> languages = new ArrayList<>();
    for (Language one : LANGUAGES) {
      languages.add(
          new LanguageView(
              one.tag(),
              one.name(),
              inLanguage(request.getQueryString(), one.tag()),
              one.locale().getLanguage().equals(here.getLanguage())));
    }
    PageLanguage.keepChoice(request, response);
    boolean signedIn = Caller.current().signedIn();
    model.addAttribute("languages", languages);
    model.addAttribute("canonical", path);
    model.addAttribute("description", description);
    model.addAttribute("listFeed", list == null ? null : Links.atom(list, null));
    model.addAttribute("signedIn", signedIn);
    boolean shared = list == null || Reader.isOpen(list);
    if (list != null && !Reader.isFindable(list)) {
      response.setHeader(Robots.HEADER, Robots.NO_INDEX);
    }
    response.setHeader(
        HttpHeaders.CACHE_CONTROL,
        signedIn || !shared ? "private, no-cache" : "public, max-age=60");
    response.addHeader(HttpHeaders.VARY, "Cookie, Accept-Language");
  }

  /** The same page in another language; of a very long query nothing is kept. */
  static String inLanguage(@Nullable String query, String tag) {
    StringBuilder other = new StringBuilder("?");
    if (query != null && query.length() <= 500) {
      for (String parameter : query.split("&")) {
        if (!parameter.isEmpty() && !parameter.equals("lang") && !parameter.startsWith("lang=")) {
          other.append(parameter).append('&');
        }
      }
    }
    return other.append("lang=").append(tag).toString();
  }

  private PageFrame() {}
}
