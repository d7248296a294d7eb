package org.milena.listexpander.digest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;

/**
 * A last digest that is owed to somebody who gets digests no longer. Stands as a note in the list's
 * memory of what it saw, until a chore has sent it.
 *
 * @param mode the form of the digest
 * @param upTo posts from then on came to the member in another way
 */
record Farewell(DeliveryMode mode, MailAddress address, Instant upTo) {
  private static final String PREFIX = "farewell ";
  private static final int PAGE = 1_000;

  /** Owed to this member since then. */
  static Farewell of(Member before, Instant upTo) {
    return new Farewell(before.options().mode(), before.address(), upTo);
  }

  /** Whether it is still owed to somebody: not to one who gets nothing, or digests again. */
  static boolean isOwed(Member member) {
    return member.options().stopped() == null
        && member.roles().contains(MemberRole.MEMBER)
        && !member.receives(DeliveryMode.MIME_DIGEST)
        && !member.receives(DeliveryMode.PLAIN_DIGEST);
  }

  /** Notes it. */
  void note(Ledger ledger, ListId list, MailId last) {
    ledger.put(key(list), new SeenPost(last, upTo));
  }

  /** It is owed no longer. */
  void done(Ledger ledger, ListId list) {
    ledger.deleteSeen(key(list));
  }

  private String key(ListId list) {
    return Topics.listKey(list, PREFIX + mode + " " + address.key());
  }

  /** Those a list owes. A note that says nothing to us is forgotten. */
  static List<Farewell> all(Ledger ledger, ListId list) {
    String prefix = Topics.listKey(list, PREFIX);
    List<Farewell> all = new ArrayList<>();
    for (Map.Entry<String, SeenPost> note : ledger.seenBehind(list, prefix, PAGE)) {
      if (note.getKey().startsWith(prefix)) {
        read(note.getKey().substring(prefix.length()), note.getValue().at())
            .ifPresentOrElse(all::add, () -> ledger.deleteSeen(note.getKey()));
      }
    }
    return all;
  }

  /** Whether it owes one, as this instance sees it. */
  static boolean any(ListTables tables, ListId list) {
    return !tables.seen().scan(Topics.listKey(list, PREFIX), "", 1).isEmpty();
  }

  private static Optional<Farewell> read(String key, Instant upTo) {
    for (DeliveryMode mode : List.of(DeliveryMode.MIME_DIGEST, DeliveryMode.PLAIN_DIGEST)) {
      if (key.startsWith(mode + " ")
          && MailAddress.parse(key.substring(mode.name().length() + 1))
              instanceof ParsedAddress.Valid(var address)) {
        return Optional.of(new Farewell(mode, address, upTo));
      }
    }
    return Optional.empty();
  }
}
