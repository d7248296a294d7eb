package org.milena.common.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * What the frame of every page needs. Templates ask the bean, since an answer to a failure has no
 * model of a controller.
 */
@ControllerAdvice
public class PageModel {
  private final String site;

  public PageModel(String site) {
    this.site = site;
  }

  /** Who is signed in, or null. */
  @ModelAttribute("caller")
  public @Nullable Caller caller() {
    Caller caller = Caller.current();
    return caller.signedIn() ? caller : null;
  }

  /** The site's name. */
  @ModelAttribute("site")
  public String site() {
    return site;
  }
}
