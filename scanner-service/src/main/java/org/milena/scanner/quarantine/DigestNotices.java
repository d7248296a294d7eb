package org.milena.scanner.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.MailEvent;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Stage.Prepared;
import org.milena.common.stage.StageTransaction;

/**
 * Tells the owners of each list, and the site's postmaster, what was kept back. Nobody else ever
 * hears of it: the sender a mail claims may be forged, so nothing is sent there (RFC 3834 section
 * 2).
 */
public final class DigestNotices {

  private static final Duration VIEW_PATIENCE = Duration.ofSeconds(20);
  private static final int MEMBERS_AT_ONCE = 1_000;

  private final Directory directory;
  private final MailAddress from;
  private final Optional<MailAddress> postmaster;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param from the site's postmaster address: who is to be asked, and where answers go
   * @param postmaster a person who is told of everything; nobody when absent
   */
  public DigestNotices(
      Directory directory,
      MailAddress from,
      Optional<MailAddress> postmaster,
      InstantSource clock,
      RandomGenerator random) {
    this.directory = directory;
    this.from = from;
    this.postmaster = postmaster;
    this.clock = clock;
    this.random = random;
  }

  private record Notice(
      MailId id,
      @Nullable ListId list,
      String subject,
      RawMessage message,
      boolean smtpUtf8,
      Set<MailAddress> to) {}

  /**
   * The notices about these mails.
   *
   * @throws org.milena.common.failure.OutageException when it is not known who the owners are
   */
  Prepared about(List<QuarantineEntry> kept) {
    directory.awaitCurrent(VIEW_PATIENCE);
    Instant now = clock.instant();
    List<Notice> notices = new ArrayList<>();
    byList(kept)
        .forEach((id, mails) ->
            directory.list(id).flatMap(list -> toOwners(list, mails, now)).ifPresent(notices::add));
    if (!kept.isEmpty()) {
      postmaster
          .filter(this::isWelcome)
          .map(address -> toSite(address, kept, now))
          .ifPresent(notices::add);
    }
    return transaction -> notices.forEach(notice -> write(notice, now, transaction));
  }

  private static Map<ListId, List<QuarantineEntry>> byList(List<QuarantineEntry> kept) {
    Map<ListId, List<QuarantineEntry>> lists = new LinkedHashMap<>();
    for (QuarantineEntry entry : kept) {
      entry.meta().mail().recipients().stream()
          .map(RoutedRecipient::route)
          .flatMap(route -> Route.list(route).stream())
          .distinct()
          .forEach(list -> lists.computeIfAbsent(list, _ -> new ArrayList<>()).add(entry));
    }
    return lists;
  }

  private Optional<Notice> toOwners(MailingList list, List<QuarantineEntry> mails, Instant now) {
    Set<MailAddress> owners = owners(list.id());
    if (owners.isEmpty()) {
      return Optional.empty();
    }
    MailId id = MailId.next(clock, random);
    DigestMail mail =
        new DigestMail(from, list.roleAddress("owner"), list.address().toString(), mails, now);
    return Optional.of(
        new Notice(id, list.id(), mail.subject(), mail.write(messageId(id)), false, owners));
  }

  private Notice toSite(MailAddress address, List<QuarantineEntry> mails, Instant now) {
    MailId id = MailId.next(clock, random);
    DigestMail mail = new DigestMail(from, address, from.domain(), mails, now);
    return new Notice(
        id, null, mail.subject(), mail.write(messageId(id)), !address.isAscii(), Set.of(address));
  }

  private MessageId messageId(MailId id) {
    return new MessageId(id + "@" + from.domain());
  }

  private Set<MailAddress> owners(ListId list) {
    Set<MailAddress> owners = new LinkedHashSet<>();
    String after = "";
    List<Member> some;
    do {
      some = directory.members(list, after, MEMBERS_AT_ONCE);
      for (Member member : some) {
        if (member.roles().contains(MemberRole.OWNER) && isWelcome(member.address())) {
          owners.add(member.address());
        }
        after = member.address().key();
      }
    } while (some.size() == MEMBERS_AT_ONCE);
    return owners;
  }

  private boolean isWelcome(MailAddress address) {
    return directory.suppression(address).isEmpty();
  }

  private void write(Notice notice, Instant now, StageTransaction transaction) {
    transaction.send(
        MailRecords.event(
            new MailEvent(
                notice.id(),
                now,
                MailEvent.Kind.NOTICE,
                notice.list(),
                messageId(notice.id()).value(),
                notice.subject(),
                notice.to().size())));
    OutgoingMail.notice(notice.id(), notice.list(), notice.message(), notice.smtpUtf8())
        .post(transaction, notice.to(), now);
  }
}
