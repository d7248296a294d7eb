package org.milena.common.directory;

import java.time.Instant;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * A list.
 *
 * @param id immutable, whatever the list is renamed to
 * @param address where one posts
 * @param displayName a few words; shown in List-Id and on the web
 * @param version counts changes, from 1
 */
public record MailingList(
    ListId id,
    MailAddress address,
    String displayName,
    String description,
    ListSettings settings,
    Instant createdAt,
    long version) {

  /** A role address of this list: {@code users-request@…} for suffix {@code request}. */
  public MailAddress roleAddress(String suffix) {
    return address.withLocalPart(address.localPart() + "-" + suffix);
  }
}
