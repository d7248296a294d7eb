package org.milena.listexpander.digest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Delivery;
import org.milena.common.event.DigestPost;
import org.milena.common.event.ListState;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.OutRecord;
import org.milena.common.table.MemoryTable;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;

/** A list's digests over memory: posts go in, time passes, mails come out. */
final class DigestWorld {
  static final SiteUrls URLS = new SiteUrls("https://lists.example.org");
  static final DigestLimits LIMITS = DigestLimits.below(25 << 20);

  final ListTables tables = ListTables.of(DirectoryTables.of(MemoryTable::of), MemoryTable::of);
  final DigestBox box;
  final DigestChore digests;
  final SummaryChore summaries;
  final List<OutRecord> written = new ArrayList<>();
  private MailingList list;
  private Instant now = Fixtures.NOW;
  private int lost;

  /** What lies at an address of mail.outgoing, and who gets it. */
  record Sent(String text, Set<String> recipients, Delivery delivery) {
    String subject() {
      return field("Subject");
    }

    String field(String name) {
      String head = text.substring(0, text.indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]+", " ");
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }
  }

  DigestWorld(ListSettings settings) {
    this(settings, LIMITS);
  }

  DigestWorld(ListSettings settings, DigestLimits limits) {
    ListHeaders headers = new ListHeaders(URLS);
    Random random = new Random(7);
    Supplier<MailId> ids = () -> MailId.next(this::now, random);
    DigestMail mail = new DigestMail(headers, URLS, new DigestTexts(new Texts(URLS)), ids);
    box = new DigestBox(this::now);
    digests = new DigestChore(mail, limits);
    summaries = new SummaryChore(mail, URLS);
    list = Fixtures.list(settings);
    settings(settings);
  }

  /** The list has other settings from now on. */
  void settings(ListSettings settings) {
    list = list.with(settings);
    tables.directory().lists().put(list.id().value(), list);
  }

  MailingList list() {
    return list;
  }

  Instant now() {
    return now;
  }

  void at(Instant instant) {
    now = instant;
  }

  void later(Duration time) {
    now = now.plus(time);
  }

  Member member(String address, DeliveryMode mode) {
    Member member =
        new Member(
            Fixtures.USERS_ID,
            MailAddress.of(address),
            "",
            Set.of(MemberRole.MEMBER),
            null,
            MemberOptions.DEFAULT.withMode(mode),
            now);
    tables.directory().members().put(Member.key(member.list(), member.address()), member);
    return member;
  }

  /** Publishes a post. */
  ListMail post(String text) {
    return post(Fixtures.message(text));
  }

  ListMail post(RawMessage message) {
    ListMail mail = Fixtures.post("ann@a.example", "x");
    mail = ListMail.of(mail.meta(), message);
    ListMail post = mail;
    write(ledger -> put(ledger, post));
    return post;
  }

  void put(Ledger ledger, ListMail mail) {
    Optional<ArchiveId> id =
        list.settings().archive().archived()
            ? Optional.of(ArchiveId.compute(list.id(), "", mail.message().sha256()))
            : Optional.empty();
    box.put(ledger, list, mail, new ListHeaders(URLS).digestForm(mail.message(), list, id), now);
  }

  /** The chores, as a reminder has them done; returns whether one was due. */
  boolean chores() {
    boolean due = false;
    for (Chore chore : List.of(digests, summaries)) {
      if (chore.isDue(tables, list, now)) {
        due = true;
        prepare(chore).ifPresent(work -> write(ledger -> work.carryOut(ledger, list, now)));
      }
    }
    return due;
  }

  Optional<Chore.Work> prepare(Chore chore) {
    return chore.prepare(tables, reader(), list, now);
  }

  /** One transaction. */
  void write(Consumer<Ledger> work) {
    MemoryTransaction transaction = new MemoryTransaction(written);
    work.accept(new Ledger(tables, transaction));
    transaction.finish();
  }

  /** The messages of all that waits are gone. */
  void loseContents() {
    lost = written.size();
  }

  List<DigestPost> waiting() {
    return Waiting.of(tables, list.id());
  }

  ListState state() {
    return tables.states().get(list.id().value()).orElseGet(() -> ListState.first(list.id()));
  }

  /** All mails that went out, in their order. */
  List<Sent> sent() {
    Map<RecordPosition, Sent> all = new LinkedHashMap<>();
    for (OutRecord record : written) {
      if (record.topic().equals(Topics.DELIVERIES)) {
        Delivery delivery = MailJson.read(Objects.requireNonNull(record.value()), Delivery.class);
        RawMessage message = content(delivery.content().position());
        Set<String> recipients = new TreeSet<>();
        Sent before = all.get(delivery.content().position());
        if (before != null) {
          recipients.addAll(before.recipients());
        }
        delivery.recipients().forEach(one -> recipients.add(one.toString()));
        String text = new String(message.unsafeBytes(), StandardCharsets.ISO_8859_1);
        all.put(delivery.content().position(), new Sent(text, recipients, delivery));
      }
    }
    return List.copyOf(all.values());
  }

  List<MailEvent> events() {
    return written.stream()
        .filter(record -> record.topic().equals(Topics.EVENTS))
        .map(record -> MailJson.read(Objects.requireNonNull(record.value()), MailEvent.class))
        .toList();
  }

  MailReader reader() {
    return pointer -> {
      RecordPosition position = pointer.position();
      if (position.topic().equals(Topics.DIGESTS) && position.offset() < lost) {
        throw new DeadPointerException("nothing lies at " + position);
      }
      RawMessage message = content(position);
      if (!message.sha256().equals(pointer.sha256())) {
        throw new DeadPointerException("something else lies at " + position);
      }
      return new MailReader.StoredMail(
          message, new InRecord(position, null, message.toByteArray(), Map.of(), Fixtures.NOW));
    };
  }

  private RawMessage content(RecordPosition position) {
    OutRecord record = written.get(Math.toIntExact(position.offset()));
    return RawMessage.copyOf(Objects.requireNonNull(record.value()));
  }
}
