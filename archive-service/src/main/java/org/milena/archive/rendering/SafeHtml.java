package org.milena.archive.rendering;

/**
 * HTML that we wrote ourselves: everything from outside in it is escaped. Made in this room only,
 * so that a template may put it in as it is.
 */
public final class SafeHtml {
  private final String markup;

  SafeHtml(String markup) {
    this.markup = markup;
  }

  /** The markup. */
  @Override
  public String toString() {
    return markup;
  }
}
