package org.milena.listexpander.migration.listfile;

import org.milena.common.mail.MailAddress;

/** What a file was read as. */
public sealed interface ListFileResult {

  /**
   * All of it is there.
   *
   * @param address of the list
   */
  record Whole(MailAddress address, int texts, int members, int heldPosts)
      implements ListFileResult {}

  /**
   * It is no such file, or not all of it.
   *
   * @param line from 1
   * @param reason a sentence
   */
  record Broken(int line, String reason) implements ListFileResult {}
}
