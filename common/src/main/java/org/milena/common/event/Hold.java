package org.milena.common.event;

import java.time.Instant;
import java.util.List;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * A post that waits for a moderator. The message lies where {@code content} points; a decided hold
 * is a tombstone.
 *
 * @param holdId the mail id and the list id name it, so it is the same after a replay
 * @param author header {@code From} as it stands, decoded
 * @param reasons every reason, each a sentence
 */
public record Hold(
    String holdId,
    ListId list,
    MailId mailId,
    MailPointer content,
    String author,
    String subject,
    int size,
    Instant heldAt,
    List<String> reasons) {

  public Hold {
    reasons = List.copyOf(reasons);
  }
}
