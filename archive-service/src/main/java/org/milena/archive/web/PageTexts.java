package org.milena.archive.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.milena.archive.rendering.RenderingWords;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What pages say that no template says, in the language of the page. */
public final class PageTexts implements RenderingWords {
  static final PageTexts WORDS = new PageTexts();

  private static final ResourceBundleMessageSource TEXTS = texts();

  private static ResourceBundleMessageSource texts() {
    ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
    texts.setBasename("texts/pages/archive");
    // not that of the thread which comes first: it is a web application's, and goes with it
    texts.setBundleClassLoader(PageTexts.class.getClassLoader());
    texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
    texts.setFallbackToSystemLocale(false);
    texts.setDefaultLocale(Locale.ENGLISH);
    return texts;
  }

  /** The language of the reader whose request this is. */
  public static Locale locale() {
    return LocaleContextHolder.getLocale();
  }

  /** A text in the language of the reader. */
  public static String of(String key, Object... arguments) {
    return TEXTS.getMessage(key, arguments, locale());
  }

  @Override
  public String quotedLines(int lines) {
    return of("archive.quoted-lines", lines);
  }

  @Override
  public String changedFiles(int files) {
    return of("archive.changed-files", files);
  }

  @Override
  public String changedLines(int added, int removed) {
    return of("archive.changed-lines", added, removed);
  }

  @Override
  public String allFiles() {
    return of("archive.all-files");
  }

  @Override
  public String pictureNotShown() {
    return of("archive.picture-not-shown");
  }

  @Override
  public String pictureAttached(String name) {
    return of("archive.picture-attached", name);
  }

  private PageTexts() {}
}
