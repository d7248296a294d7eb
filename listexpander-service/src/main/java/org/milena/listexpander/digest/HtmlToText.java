package org.milena.listexpander.digest;

/** Makes plain text of HTML that strangers wrote. */
@FunctionalInterface
public interface HtmlToText {

  /** The text, in lines that end in LF. Never fails, and takes time in proportion to the HTML. */
  String text(String html);
}
