package org.milena.archive.web.hyperkitty;

import org.milena.archive.identity.LinkKeys;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.web.ArchiveView;
import org.milena.common.directory.MailingList;

/**
 * Where things of a list are in this API.
 *
 * @param list its own address here, with a slash at the end
 */
record Addresses(String list) {

  static Addresses of(ArchiveView archive, MailingList list) {
    return new Addresses(
        archive.absolute("/api/list/" + ArchiveView.segment(list.address().toString()) + "/"));
  }

  static String hash(ArchivedPost post) {
    return LinkKeys.messageIdHash(post.messageId());
  }

  String threads() {
    return list + "threads/";
  }

  String emails() {
    return list + "emails/";
  }

  String email(ArchivedPost post) {
    return list + "email/" + hash(post) + "/";
  }

  /**
   * A thread.
   *
   * @param first its earliest post
   */
  String thread(ArchivedPost first) {
    return list + "thread/" + hash(first) + "/";
  }

  /**
   * The emails of a thread.
   *
   * @param first its earliest post
   */
  String emails(ArchivedPost first) {
    return thread(first) + "emails/";
  }
}
