package org.milena.common.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;

/**
 * The language of a page: what {@code ?lang=} asks for, which a cookie keeps; else what the browser
 * prefers ({@code Accept-Language}). Pages that are not translated yet are English for everybody,
 * so that no page is in two languages.
 */
public final class PageLanguage implements LocaleResolver {

  /** The languages that pages have, the first for whoever wants another one. */
  public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.GERMAN);

  private static final String NAME = "lang";
  private static final Duration KEPT = Duration.ofDays(365);

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (!path.startsWith("/archive")) {
      return Locale.ENGLISH;
    }
    Locale asked = known(request.getParameter(NAME));
    if (asked != null) {
      return asked;
    }
    Locale kept = known(cookie(request));
    return kept != null ? kept : preferred(request);
  }

  private static Locale preferred(HttpServletRequest request) {
    String wanted = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
    if (wanted == null || wanted.length() > 1000) {
      return ALL.getFirst();
    }
    try {
      Locale best = Locale.lookup(Locale.LanguageRange.parse(wanted), ALL);
      return best == null ? ALL.getFirst() : best;
    } catch (IllegalArgumentException _) {
      // not written as RFC 9110 section 12.5.4 has it: nothing was asked for
      return ALL.getFirst();
    }
  }

  private static @Nullable String cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(NAME)) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  private static @Nullable Locale known(@Nullable String tag) {
    return ALL.stream()
        .filter(locale -> locale.toLanguageTag().equals(tag))
        .findFirst()
        .orElse(null);
  }

  /** Keeps what this request asks for, if it asks for a language there is. */
  public static void keepChoice(HttpServletRequest request, HttpServletResponse response) {
    Locale asked = known(request.getParameter(NAME));
    if (asked != null) {
      response.addHeader(
          HttpHeaders.SET_COOKIE,
          ResponseCookie.from(NAME, asked.toLanguageTag())
              .path("/")
              .maxAge(KEPT)
              .httpOnly(true)
              .secure(request.isSecure())
              .sameSite("Lax")
              .build()
              .toString());
    }
  }

  /** Not how a language is chosen. */
  @Override
  public void setLocale(
      HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
    throw new UnsupportedOperationException("the language comes from the request");
  }
}
