package org.milena.archive.web.ponymail;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.web.ArchiveView;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ApiProblem;

/**
 * One list or several, as Pony Mail names them.
 *
 * @param local the part before the {@code @}; {@code *} for any
 * @param domain the part behind it; {@code *} for any
 */
record ListName(String local, String domain) {
  private static final String ANY = "*";

  /**
   * The name that was said: in two parts, or as an address.
   *
   * @throws ApiProblem 400 where one is missing
   */
  static ListName of(@Nullable String list, @Nullable String domain) {
    String local = list == null ? "" : list.strip();
    String behind = domain == null ? "" : domain.strip();
    int at = local.lastIndexOf('@');
    if (at >= 0 && behind.isEmpty()) {
      behind = local.substring(at + 1);
      local = local.substring(0, at);
    }
    if (local.isEmpty() || behind.isEmpty()) {
      throw ApiProblem.badRequest(
          "missing-list", "Name a list: ?list=users&domain=lists.example.org, or * for any.");
    }
    return new ListName(local, behind);
  }

  /** The one list that it is the name of, if it may be read, or all that are named unasked. */
  List<MailingList> in(ArchiveView archive) {
    if (!local.equals(ANY) && !domain.equals(ANY)) {
      return archive.list(local + "@" + domain).stream().toList();
    }
    return archive.listed(
        list -> fits(local, list.address().localPart()) && fits(domain, list.address().domain()));
  }

  private static boolean fits(String wanted, String part) {
    return wanted.equals(ANY) || wanted.equalsIgnoreCase(part);
  }
}
