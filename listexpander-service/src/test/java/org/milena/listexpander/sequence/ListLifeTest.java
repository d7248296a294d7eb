package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.command.AddressChange.RenameList;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.DomainChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListChange.CreateList;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.command.RequestChange;
import org.milena.common.command.ThreadChange;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.ListState;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.ListStyle;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.SettingsPatch;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

/** A list as a whole: its address, its end, its domain, and what is written down of it. */
class ListLifeTest {
  private static final MailAddress PEOPLE = MailAddress.of("people@lists.example.org");
  private static final Duration YEAR = Duration.ofDays(365);

  private final ListWorld world =
      new ListWorld().with(Fixtures.list(), Fixtures.member("ann@a.example"));
  private final List<MemoryTransaction> written = new ArrayList<>();

  @Test
  void aRenamedListHasItsNewAddressAndKeepsTheOldForATime() {
    TableDirectory directory = directory();
    assertThat(run(Fixtures.USERS_ID, rename(PEOPLE)))
        .isEqualTo(
            new Done("The list users@lists.example.org is people@lists.example.org now.", 1));
    MailingList list = list();
    assertThat(list.address()).isEqualTo(PEOPLE);
    assertThat(list.id()).as("its lasting name").isEqualTo(Fixtures.USERS_ID);
    assertThat(list.version()).isEqualTo(2);
    assertThat(directory.listAt(PEOPLE)).contains(list);
    assertThat(directory.listAt(Fixtures.USERS)).contains(list);
    world.later(YEAR);
    assertThat(directory.listAt(Fixtures.USERS)).isEmpty();
    assertThat(directory.listAt(PEOPLE)).contains(list);
  }

  @Test
  void noListIsMadeWhereAnotherWasRenamedTo() {
    run(Fixtures.USERS_ID, rename(PEOPLE));
    assertThat(run(ListId.forAddress(PEOPLE), create(PEOPLE))).isEqualTo(there(PEOPLE));
    assertThat(run(Fixtures.USERS_ID, create(Fixtures.USERS)))
        .as("its id stays its own")
        .isEqualTo(there(Fixtures.USERS));
  }

  @Test
  void noListIsRenamedToWhereAnotherIs() {
    assertThat(run(ListId.forAddress(PEOPLE), create(PEOPLE))).isInstanceOf(Done.class);
    assertThat(run(Fixtures.USERS_ID, rename(PEOPLE))).isEqualTo(there(PEOPLE));
    assertThat(list().address()).isEqualTo(Fixtures.USERS);
  }

  @Test
  void ofTwoWhoWantTheSameAddressTheFirstHasIt() {
    MailAddress crowd = MailAddress.of("crowd@lists.example.org");
    assertThat(run(ListId.forAddress(crowd), create(crowd))).isInstanceOf(Done.class);
    List<OutRecord> first = send(Fixtures.USERS_ID, rename(PEOPLE));
    List<OutRecord> second = send(ListId.forAddress(crowd), rename(PEOPLE));
    assertThat(finish(first)).isInstanceOf(Done.class);
    assertThat(finish(second)).isEqualTo(there(PEOPLE));
  }

  @Test
  void anAddressThatIsLeftIsFreeAgainWhenItsTimeIsOver() {
    run(Fixtures.USERS_ID, rename(PEOPLE));
    MailAddress crowd = MailAddress.of("crowd@lists.example.org");
    run(Fixtures.USERS_ID, rename(crowd));
    assertThat(list().formerAddresses())
        .extracting(MailingList.FormerAddress::address)
        .containsExactly(Fixtures.USERS, PEOPLE);
    assertThat(run(ListId.forAddress(PEOPLE), create(PEOPLE))).isEqualTo(there(PEOPLE));
    world.later(YEAR.plusDays(1));
    assertThat(run(ListId.forAddress(PEOPLE), create(PEOPLE))).isInstanceOf(Done.class);
  }

  @Test
  void aListGoesBackToWhereItWasMade() {
    run(Fixtures.USERS_ID, rename(PEOPLE));
    assertThat(run(Fixtures.USERS_ID, rename(Fixtures.USERS))).isInstanceOf(Done.class);
    assertThat(list().address()).isEqualTo(Fixtures.USERS);
    assertThat(list().formerAddresses())
        .extracting(MailingList.FormerAddress::address)
        .containsExactly(PEOPLE);
  }

  @Test
  void whatCanBeNoListsAddressIsRefused() {
    assertThat(code(run(Fixtures.USERS_ID, rename(MailAddress.of("a+b@lists.example.org")))))
        .isEqualTo("list-name");
    assertThat(code(run(Fixtures.USERS_ID, rename(MailAddress.of("users@other.example")))))
        .isEqualTo("list-name");
    assertThat(
            code(
                run(
                    Fixtures.USERS_ID,
                    new RenameList(PEOPLE, world.now().plus(Duration.ofDays(4_000))))))
        .isEqualTo("former-until");
    assertThat(run(ListId.of("gone.lists.example.org"), rename(PEOPLE)))
        .isInstanceOf(CommandOutcome.NotFound.class);
  }

  @Test
  void aDomainThatWasMadeHasLists() {
    MailDomain other = new MailDomain("other.example", "", Set.of("ann"), List.of(), List.of());
    assertThat(run(null, new DomainChange.PutDomain(other)))
        .isEqualTo(new Done("The domain other.example is made.", 1));
    assertThat(run(null, new DomainChange.PutDomain(other)))
        .isEqualTo(new Done("Nothing was to be changed.", 0));
    MailAddress there = MailAddress.of("users@other.example");
    assertThat(run(ListId.forAddress(there), create(there))).isInstanceOf(Done.class);
    assertThat(code(run(null, new DomainChange.DeleteDomain("other.example"))))
        .isEqualTo("lists-there");
    run(ListId.forAddress(there), new ListChange.DeleteList());
    assertThat(run(null, new DomainChange.DeleteDomain("other.example"))).isInstanceOf(Done.class);
    assertThat(code(run(ListId.forAddress(there), create(there)))).isEqualTo("list-name");
    for (String bad : List.of("Other.example", "", "a b", "-", "[192.0.2.1]", "x".repeat(300))) {
      assertThat(
              code(
                  run(
                      null,
                      new DomainChange.PutDomain(
                          new MailDomain(bad, "", Set.of(), List.of(), List.of())))))
          .as(bad)
          .isEqualTo("domain-name");
    }
  }

  @Test
  void aListThatIsClosedForGoodTakesNoPostsAndNoMembers() {
    assertThat(run(Fixtures.USERS_ID, new ListChange.RetireList(true))).isInstanceOf(Done.class);
    String post = "From: ann@a.example\nTo: users@lists.example.org\nSubject: hi\n\nText\n";
    assertThat(world.take(Fixtures.post("ann@a.example", post)).story())
        .containsExactly(Kind.REJECTED);
    assertThat(
            code(
                run(
                    Fixtures.USERS_ID,
                    new RequestChange.Subscribe(MailAddress.of("bob@b.example"), ""))))
        .isEqualTo("retired");
    assertThat(run(Fixtures.USERS_ID, new ListChange.RetireList(false))).isInstanceOf(Done.class);
    assertThat(world.take(Fixtures.post("ann@a.example", post)).story()).contains(Kind.EXPANDED);
  }

  @Test
  void everyChangeAndEveryRefusalIsWrittenDownWithoutSecrets() {
    run(
        Fixtures.USERS_ID,
        new ListChange.ChangeList(
            "People",
            null,
            SettingsPatch.of("maxSize", 9).and("memberAction", PostAction.DEFER),
            null));
    run(Fixtures.USERS_ID, new ListChange.ChangeList(null, null, null, 77L));
    run(Fixtures.USERS_ID, new ListChange.SetModeratorSecret("$argon2id$verysecret"));
    run(Fixtures.USERS_ID, rename(PEOPLE));
    run(Fixtures.USERS_ID, new ListChange.DoChores());
    List<AuditEntry> entries =
        written.stream()
            .flatMap(transaction -> transaction.on(Topics.AUDIT, AuditEntry.class).stream())
            .toList();
    assertThat(entries)
        .extracting(AuditEntry::text)
        .containsExactly(
            "Change the list: displayName: \"Users of X\" to \"People\"; maxSize: 0 to 9."
                + " The list users@lists.example.org is changed.",
            "Change the list: nothing. Refused: Somebody else changed the list meanwhile: it has"
                + " version 2, not 77.",
            "Set the moderators' password. The list users@lists.example.org has a new moderators'"
                + " password.",
            "Take the address people@lists.example.org. The list users@lists.example.org is"
                + " people@lists.example.org now.");
    assertThat(entries)
        .allSatisfy(entry -> {
          assertThat(entry.actor()).isEqualTo("ann");
          assertThat(entry.origin()).isEqualTo("192.0.2.7");
          assertThat(entry.list()).isEqualTo(Fixtures.USERS_ID);
          assertThat(entry.at()).isEqualTo(world.now());
        })
        .extracting(AuditEntry::outcome)
        .containsExactly("done", "refused", "done", "done");
    assertThat(MailJson.text(entries)).doesNotContain("verysecret");
  }

  @Test
  void whatWaitsForADigestGoesWithTheList() {
    Member reader = Fixtures.member("dig@d.example");
    world.with(Fixtures.list(), reader.with(reader.options().withMode(DeliveryMode.MIME_DIGEST)));
    String post = "From: ann@a.example\nTo: users@lists.example.org\nSubject: hi\n\nText\n";
    assertThat(world.take(Fixtures.post("ann@a.example", post)).story()).contains(Kind.EXPANDED);
    assertThat(world.tables.digestPosts().size()).isEqualTo(1);
    assertThat(run(Fixtures.USERS_ID, new ListChange.DeleteList())).isInstanceOf(Done.class);
    assertThat(world.tables.digestPosts().size())
        .as("else a later list of this name would send it, and its message would be kept for ever")
        .isZero();
  }

  @Test
  void aNewListAtTheAddressGoesOnWithNothingOfTheOldOne() {
    world.with(Fixtures.list(ListSettings.DISCUSSION.with("subscribePolicy", "MODERATE")));
    run(Fixtures.USERS_ID, new ThreadChange.CloseThread("1@a.example", "", false, null));
    run(Fixtures.USERS_ID, new RequestChange.Subscribe(MailAddress.of("eve@e.example"), "Eve"));
    world.tables.states().put(Fixtures.USERS_ID.value(), ListState.first(Fixtures.USERS_ID));
    assertThat(world.tables.pending().size()).isEqualTo(1);
    assertThat(run(Fixtures.USERS_ID, new ListChange.DeleteList())).isInstanceOf(Done.class);
    assertThat(world.tables.pending().size()).isZero();
    assertThat(world.tables.locks().size()).isZero();
    assertThat(world.tables.states().size()).isZero();
  }

  @Test
  void everyStyleMakesAListThatCanBe() {
    for (ListStyle style : ListStyle.values()) {
      MailAddress address =
          MailAddress.of(style.name().toLowerCase(Locale.ROOT) + "@lists.example.org");
      assertThat(run(ListId.forAddress(address), new CreateList(address, "", "", style.settings())))
          .as(style.name())
          .isInstanceOf(Done.class);
    }
  }

  private TableDirectory directory() {
    DirectoryTables tables = world.tables.directory();
    TableDirectory directory = new TableDirectory(tables, world::now);
    tables.lists().put(Fixtures.USERS_ID.value(), Fixtures.list());
    return directory;
  }

  private MailingList list() {
    return world.tables.directory().lists().get(Fixtures.USERS_ID.value()).orElseThrow();
  }

  private RenameList rename(MailAddress address) {
    return new RenameList(address, world.now().plus(YEAR));
  }

  private static CreateList create(MailAddress address) {
    return new CreateList(address, "", "", ListSettings.DISCUSSION);
  }

  private static Refused there(MailAddress address) {
    return new Refused("list-exists", "There is a list at " + address + " already.");
  }

  /** Sends a command, and all that it is handed on as; the outcome. */
  private CommandOutcome run(@Nullable ListId list, ListCommand command) {
    return finish(send(list, command));
  }

  /** Only the first step. */
  private List<OutRecord> send(@Nullable ListId list, ListCommand command) {
    return taken(
        new CommandRecord(
            UUID.randomUUID().toString(), list, "ann", "192.0.2.7", world.now(), command));
  }

  private List<OutRecord> taken(CommandRecord record) {
    MemoryTransaction transaction = world.take(record);
    written.add(transaction);
    List<OutRecord> next = new ArrayList<>(transaction.on(Topics.LISTS));
    next.addAll(transaction.on(Topics.OUTCOMES));
    return next;
  }

  private CommandOutcome finish(List<OutRecord> records) {
    assertThat(records).as("one outcome, or handed on to one").hasSize(1);
    OutRecord record = records.getFirst();
    byte[] value = Objects.requireNonNull(record.value());
    if (record.topic().equals(Topics.OUTCOMES)) {
      return MailJson.read(value, OutcomeRecord.class).outcome();
    }
    assertThat(record.headers()).containsKey(RecordHeaders.TYPE);
    return finish(taken(MailJson.read(value, CommandRecord.class)));
  }

  private static String code(CommandOutcome outcome) {
    return outcome instanceof Refused(var code, _, _) ? code : outcome.toString();
  }
}
