package org.milena.archive.web;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.springframework.web.util.UriUtils;

/** Where things are. */
public final class Links {

  static String list(MailingList list) {
    return "/archive/" + segment(list.address().toString());
  }

  static String month(MailingList list, YearMonth month) {
    return list(list) + "/" + month;
  }

  static String thread(MailingList list, ArchiveId thread) {
    return list(list) + "/thread/" + thread;
  }

  static String message(MailingList list, ArchiveId id) {
    return list(list) + "/message/" + id;
  }

  static String raw(MailingList list, ArchiveId id) {
    return message(list, id) + "/raw";
  }

  static String attachment(MailingList list, ArchiveId id, String part) {
    return message(list, id) + "/attachment/" + segment(part);
  }

  static String mbox(MailingList list, @Nullable YearMonth month, @Nullable ArchiveId thread) {
    String path = list(list) + "/mbox";
    if (thread != null) {
      return path + "?thread=" + thread;
    }
    return month == null ? path : path + "?month=" + month;
  }

  static String api(MailingList list) {
    return "/api/v1/archive/" + segment(list.address().toString());
  }

  private static String segment(String text) {
    return UriUtils.encodePathSegment(text, StandardCharsets.UTF_8);
  }

  private Links() {}
}
