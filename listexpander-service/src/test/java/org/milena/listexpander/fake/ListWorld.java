package org.milena.listexpander.fake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.command.RequestChange;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.Hold;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.OutRecord;
import org.milena.common.table.MemoryTable;
import org.milena.common.token.Keyring;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.membership.ConfirmationLimits;
import org.milena.listexpander.membership.Tokens;
import org.milena.listexpander.moderation.ModeratorTokens;
import org.milena.listexpander.sequence.Effects;
import org.milena.listexpander.sequence.ListSequence;
import org.milena.listexpander.sequence.ListexpanderMetrics;
import org.milena.listexpander.sequence.SiteFacts;

/** The whole service over memory: give it records, look at what it writes. */
public final class ListWorld {
  public final ListTables tables =
      ListTables.of(DirectoryTables.of(MemoryTable::of), MemoryTable::of);
  public final Tokens tokens;
  public final VerpTags verpTags;
  public final ModeratorTokens moderatorTokens;
  public final MailReader mailReader = reader();
  public final List<Chore> chores;
  private final Map<RecordPosition, InRecord> held = new LinkedHashMap<>();
  private final ListSequence sequence;
  private Instant now = Fixtures.NOW;
  private int offset;

  public ListWorld() {
    this("http://localhost:8080");
  }

  /**
   * @param siteUrl where the site says it answers
   */
  public ListWorld(String siteUrl) {
    InstantSource clock = () -> now;
    Keyring keyring = new Keyring(Map.of('a', new byte[32]));
    SignedTokens signed = new SignedTokens(keyring, clock);
    tokens = new Tokens(signed);
    verpTags = new VerpTags(keyring);
    moderatorTokens = new ModeratorTokens(signed);
    Effects effects =
        Effects.of(
            new SiteFacts(
                "lists.example.org",
                siteUrl,
                25 << 20,
                signed,
                verpTags,
                ConfirmationLimits.DEFAULT),
            clock,
            new Random(1),
            (password, hash) -> hash.equals("hash of " + password));
    chores = effects.chores();
    sequence =
        new ListSequence(
            tables, mailReader, effects, clock, new ListexpanderMetrics(new SimpleMeterRegistry()));
  }

  /** Time goes on. */
  public void later(Duration time) {
    now = now.plus(time);
  }

  /** What time it is. */
  public Instant now() {
    return now;
  }

  /** Puts a list there with members. */
  public ListWorld with(MailingList list, Member... members) {
    tables.directory().lists().put(list.id().value(), list);
    for (Member member : members) {
      tables.directory().members().put(Member.key(member.list(), member.address()), member);
    }
    return this;
  }

  /** A ledger of a transaction of its own. */
  public Ledger ledger(MemoryTransaction transaction) {
    return new Ledger(tables, transaction);
  }

  /** Gives the sequence a mail. */
  public MemoryTransaction take(ListMail mail) {
    return take(
        Topics.LISTS,
        RecordType.LIST_MAIL,
        mail.message(),
        Map.of(RecordHeaders.META, MailJson.text(mail.meta())));
  }

  /** Gives the sequence a mail inside a transaction that goes on; the caller finishes it. */
  public void takeInto(MemoryTransaction transaction, ListMail mail) {
    sequence
        .prepare(
            record(
                Topics.LISTS,
                RecordType.LIST_MAIL,
                mail.message(),
                Map.of(RecordHeaders.META, MailJson.text(mail.meta()))))
        .write(transaction);
  }

  /** Gives it a command, and returns its outcome. */
  public CommandOutcome command(ListCommand command) {
    MemoryTransaction transaction = take(command);
    return transaction.on(Topics.OUTCOMES, OutcomeRecord.class).getFirst().outcome();
  }

  /** Gives it a command. */
  public MemoryTransaction take(ListCommand command) {
    return take(
        new CommandRecord(
            UUID.randomUUID().toString(), Fixtures.USERS_ID, "ann", "192.0.2.7", now, command));
  }

  /** Gives it a command record. */
  public MemoryTransaction take(CommandRecord command) {
    return take(
        Topics.LISTS, RecordType.COMMAND, RawMessage.wrap(MailJson.bytes(command)), Map.of());
  }

  private MemoryTransaction take(
      String topic, RecordType type, RawMessage value, Map<String, String> headers) {
    MemoryTransaction transaction = new MemoryTransaction();
    sequence.prepare(record(topic, type, value, headers)).write(transaction);
    transaction.finish();
    goOn(transaction);
    keepHeld(transaction);
    return transaction;
  }

  /** Confirmations that are due come round again, as over the broker. */
  private void goOn(MemoryTransaction transaction) {
    for (int next = 0; next < transaction.on(Topics.LISTS).size(); next++) {
      byte[] value = Objects.requireNonNull(transaction.on(Topics.LISTS).get(next).value());
      if (MailJson.read(value, CommandRecord.class).command()
          instanceof RequestChange.AskForConfirmation) {
        sequence
            .prepare(record(Topics.LISTS, RecordType.COMMAND, RawMessage.wrap(value), Map.of()))
            .write(transaction);
        transaction.finish();
      }
    }
  }

  private InRecord record(
      String topic, RecordType type, RawMessage value, Map<String, String> headers) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put(RecordHeaders.TYPE, type.label().getBytes(StandardCharsets.UTF_8));
    headers.forEach((name, text) -> all.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return new InRecord(
        new RecordPosition(topic, 0, offset++), null, value.toByteArray(), all, now);
  }

  /** The sequence itself. */
  public ListSequence sequence() {
    return sequence;
  }

  /** The member with this address, if there is one. */
  public Optional<Member> member(String address) {
    return tables.directory().members().get(Member.key(Fixtures.USERS_ID, MailAddress.of(address)));
  }

  /** Everything that waits for a moderator, in its order. */
  public List<Hold> holds() {
    return rows().stream().filter(Hold::waits).toList();
  }

  /** Every row of a held post, also of those that were decided. */
  public List<Hold> rows() {
    return tables.holds().scan("", "", 1000).stream().map(Map.Entry::getValue).toList();
  }

  private void keepHeld(MemoryTransaction transaction) {
    for (OutRecord record : transaction.on(Topics.HELD)) {
      Map<String, byte[]> headers = record.headers();
      byte[] value = Objects.requireNonNull(record.value());
      String sha256 = RawMessage.copyOf(value).sha256();
      holds().stream()
          .filter(hold -> hold.content().sha256().equals(sha256))
          .forEach(hold ->
              held.put(
                  hold.content().position(),
                  new InRecord(hold.content().position(), null, value, headers, now)));
    }
  }

  /** Lets pointers to this place lead to what was written. */
  public void lies(RecordPosition position, OutRecord record) {
    held.put(
        position,
        new InRecord(
            position,
            record.key().orElse(null),
            Objects.requireNonNull(record.value()),
            record.headers(),
            now));
  }

  private MailReader reader() {
    return pointer -> {
      InRecord record = held.get(pointer.position());
      if (record == null) {
        throw new DeadPointerException("nothing lies at " + pointer.position());
      }
      return new MailReader.StoredMail(RawMessage.copyOf(record.value()), record);
    };
  }
}
