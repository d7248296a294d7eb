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
import org.springframework.web.util.UriComponentsBuilder;

/** What all pages of the archive have: languages, and how long they may be kept by others. */
public final class PageFrame {
  /** Cache-Control of pages with what is one reader's alone. */
  static final String NOT_STORED = "private, no-store";

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
    for (Locale locale : PageLanguage.ALL) {
      languages.add(
          new LanguageView(
              locale.toLanguageTag(),
              locale.getDisplayLanguage(locale),
              inLanguage(request, locale),
              locale.getLanguage().equals(here.getLanguage())));
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

  private static String inLanguage(HttpServletRequest request, Locale locale) {
    String query = request.getQueryString();
    UriComponentsBuilder other = UriComponentsBuilder.newInstance();
    if (query != null && query.length() <= 500) {
      other.query(query);
    }
    return other.replaceQueryParam("lang", locale.toLanguageTag()).build().toUriString();
  }

  private PageFrame() {}
}
