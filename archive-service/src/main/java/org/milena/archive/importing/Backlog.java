package org.milena.archive.importing;

import org.milena.common.mail.ListId;

/** How far the index is behind the log of posts. */
public interface Backlog {

  /**
   * Returns when so few records wait before a post of this list that more may be written.
   *
   * @throws org.milena.common.failure.OutageException when that takes too long
   */
  void awaitRoom(ListId list);

  /**
   * Returns when the index knows every post of this list that was in the log at the call.
   *
   * @throws org.milena.common.failure.OutageException when that takes too long
   */
  void awaitIndexed(ListId list);
}
