package org.milena.listexpander.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;

/**
 * A list as the API shows it.
 *
 * @param members how many have an entry; null for those who may not know
 * @param moderatorPassword whether there is one for {@code Approved} fields
 */
record ListView(
    ListId id,
    MailAddress address,
    String displayName,
    String description,
    ListSettings settings,
    @Nullable Integer members,
    Instant createdAt,
    long version,
    List<MailingList.FormerAddress> formerAddresses,
    boolean retired,
    boolean moderatorPassword) {

  static ListView of(MailingList list, @Nullable Integer members) {
    return new ListView(
        list.id(),
        list.address(),
        list.displayName(),
        list.description(),
        list.settings(),
        members,
        list.createdAt(),
        list.version(),
        list.formerAddresses(),
        list.closedForGood(),
        list.moderatorSecret() != null);
  }
}
