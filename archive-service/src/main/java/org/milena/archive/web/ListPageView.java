package org.milena.archive.web;

import org.milena.common.directory.MailingList;

/** The list a page is about. */
public record ListPageView(
    String address, String name, String description, String url, String aboutUrl, String mboxUrl) {

  /** As this reader sees it. */
  public static ListPageView of(MailingList list) {
    String address = list.address().toString();
    return new ListPageView(
        address,
        list.displayName().isBlank() ? address : list.displayName(),
        list.description(),
        Links.list(list),
        Links.list(list).replaceFirst("^/archive/", "/lists/"),
        Links.mbox(list, null, null));
  }

  /** To write to it. */
  public String mailto() {
    return "mailto:" + Links.segment(address);
  }
}
