package org.milena.benchmarks.directory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.Hold;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.TableSpec;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.RosterAccess;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Publisher;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.moderation.HoldIds;

/** Writes the rows of a large site to their topics, as a stage would. For one thread. */
final class Seed {
  private static final int UNDER_WAY = 20_000;
  private static final int HELD_UNDER_WAY = 2_000;
  private static final int LETTER_OCTETS = 2_000;

  private static final ListSettings SETTINGS =
      ListSettings.DISCUSSION.with("rosterAccess", RosterAccess.MEMBERS);
  private static final MemberOptions CONCEALED =
      new MemberOptions(DeliveryMode.EVERY_POST, null, null, true, false, false, true, null, 0);

  private final Publisher publisher;
  private final Population population;
  private final TableSpec<MailingList> lists =
      new TableSpec<>(Topics.DIRECTORY_LISTS, MailingList.class);
  private final TableSpec<Member> members = new TableSpec<>(Topics.DIRECTORY_MEMBERS, Member.class);
  private final TableSpec<Hold> holds = new TableSpec<>(Topics.HOLDS, Hold.class);
  private final Instant now = InstantSource.system().instant();
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final List<CompletableFuture<RecordPosition>> underWay = new ArrayList<>();

  Seed(KafkaAccess kafka, Population population) {
    this.publisher = kafka.publisher();
    this.population = population;
  }

  /** Lists and their members, but for {@link Population#LARGE}, which was imported. */
  void lists(int count) {
    list(Population.EMPTY);
    for (int number = Population.CONCEALED; number < count; number++) {
      list(Population.list(number));
      ListId id = Population.id(number);
      MemberOptions options = number == Population.CONCEALED ? CONCEALED : MemberOptions.DEFAULT;
      population.members(number).forEach(person -> member(id, person, options));
    }
    settle();
  }

  private void list(MailAddress address) {
    ListId id = ListId.forAddress(address);
    row(
        lists,
        id.value(),
        new MailingList(id, address, address.localPart(), "A list.", SETTINGS, now, 1));
  }

  private void member(ListId list, int person, MemberOptions options) {
    MailAddress address = population.person(person);
    row(
        members,
        Member.key(list, address),
        new Member(
            list, address, Population.name(person), Set.of(MemberRole.MEMBER), null, options, now));
  }

  /** Posts that wait for moderators, each at the next list, a second apart. */
  void holds(int count, int listCount) {
    for (int begun = 0; begun < count; begun += HELD_UNDER_WAY) {
      int some = Math.min(HELD_UNDER_WAY, count - begun);
      List<ListMail> mails = new ArrayList<>();
      List<CompletableFuture<RecordPosition>> places = new ArrayList<>();
      for (int i = begun; i < begun + some; i++) {
        MailAddress author = population.person(i % population.people());
        MailAddress list = Population.list(i % listCount);
        ListMail mail = Letter.to(list, author, LETTER_OCTETS, random);
        mails.add(mail);
        places.add(publisher.publish(letter(ListId.forAddress(list), mail)));
      }
      for (int i = 0; i < some; i++) {
        ListId list = Population.id((begun + i) % listCount);
        Instant heldAt = now.minusSeconds(count - begun - i);
        Hold hold = hold(list, mails.get(i), places.get(i).join(), heldAt);
        row(holds, hold.holdId(), hold);
      }
    }
    settle();
  }

  private static OutRecord letter(ListId list, ListMail mail) {
    return MailRecords.mail(
            Topics.HELD,
            HoldIds.of(list, mail.id()),
            RecordType.LIST_MAIL,
            mail.meta(),
            mail.id(),
            mail.message())
        .inPartitionOf(list.value());
  }

  private static Hold hold(ListId list, ListMail mail, RecordPosition place, Instant heldAt) {
    MailAddress author = mail.facts().authors().getFirst().address();
    return new Hold(
        HoldIds.of(list, mail.id()),
        list,
        mail.id(),
        new MailPointer(place, mail.id(), mail.message().sha256()),
        author.toString(),
        mail.facts().subject(),
        mail.message().size(),
        heldAt,
        List.of("The author is not on the list."),
        List.of(),
        new Hold.Writer(author, false),
        null,
        null);
  }

  private <V> void row(TableSpec<V> table, String key, V row) {
    underWay(publisher.publish(record(table, key, row)));
  }

  /** As a table writes it. */
  private static <V> OutRecord record(TableSpec<V> table, String key, V row) {
    int bar = key.indexOf(Topics.KEY_SEPARATOR);
    return OutRecord.of(table.topic(), key, table.codec().encode(row))
        .withHeader(RecordHeaders.TYPE, RecordType.ROW.label())
        .inPartitionOf(bar < 0 ? key : key.substring(0, bar));
  }

  private void underWay(CompletableFuture<RecordPosition> write) {
    underWay.add(write);
    if (underWay.size() == UNDER_WAY) {
      settle();
    }
  }

  private void settle() {
    underWay.forEach(CompletableFuture::join);
    underWay.clear();
  }
}
