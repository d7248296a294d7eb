package org.milena.common.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the frame of every page needs. */
@ControllerAdvice
public class PageModel {
  private final String site;

  public PageModel(String site) {
    this.site = site;
  }

  /** Who is signed in, or null. */
  @ModelAttribute("caller")
  @Nullable Caller caller() {
    Caller caller = Caller.current();
    return caller.signedIn() ? caller : null;
  }

  /** The site's name. */
  @ModelAttribute("site")
  String site() {
    return site;
  }
}
