package org.milena.listexpander.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.milena.common.command.AccountChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.command.SearchChange;
import org.milena.common.directory.Account;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.SavedSearch.Order;
import org.milena.common.directory.SavedSearch.Question;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;

class SearchEditsTest {
  private final ListWorld world = new ListWorld();

  SearchEditsTest() {
    account("ann", true);
    account("bob", false);
  }

  @Test
  void aSearchIsKeptUnderTheIdOfItsCommand() {
    Question question = new Question("NOT x", Fixtures.USERS_ID, Order.NEWEST, true);
    CommandRecord record =
        record(
            new AccountChange.ChangeSearches(
                "ann", new SearchChange.Keep("  My  search ", question, false)));
    MemoryTransaction written = world.take(record);
    assertThat(outcome(written)).isEqualTo(new Done("The search is kept.", 1, record.commandId()));
    assertThat(searches("ann"))
        .containsExactly(
            new SavedSearch(
                "ann", record.commandId(), "My search", question, world.now(), world.now()));
    assertThat(searches("bob")).isEmpty();
  }

  @Test
  void nobodyReadsAnywhereWhatIsKept() {
    CommandRecord record =
        record(
            new AccountChange.ChangeSearches(
                "ann", new SearchChange.Keep("nameword", question("queryword"), false)));
    assertThat(world.take(record).on(Topics.AUDIT)).isEmpty();
    String id = searches("ann").getFirst().id();
    for (SearchChange change :
        List.of(
            new SearchChange.Keep("NAMEWORD", question("other"), false),
            new SearchChange.Rename(id, "otherword"),
            new SearchChange.Rename(UUID.randomUUID().toString(), "otherword"),
            new SearchChange.Remove(id))) {
      MemoryTransaction written =
          world.take(record(new AccountChange.ChangeSearches("ann", change)));
      assertThat(written.on(Topics.AUDIT)).isEmpty();
      assertThat(outcome(written).text()).doesNotContainIgnoringCase("word");
    }
    assertThat(record.toString()).doesNotContain("nameword", "queryword");
  }

  @Test
  void theSameAgainChangesNothing() {
    keep("ann", "Mine", "x", false);
    List<SavedSearch> before = searches("ann");
    world.later(Duration.ofHours(1));
    assertThat(keep("ann", "Mine", "x", false))
        .asInstanceOf(type(Done.class))
        .returns(0, Done::changed);
    assertThat(keep("ann", "Mine", "x", true))
        .asInstanceOf(type(Done.class))
        .returns(0, Done::changed);
    assertThat(searches("ann")).isEqualTo(before);
  }

  @Test
  void anotherOfTheNameIsReplacedOnlyByWhoSaysSo() {
    keep("ann", "Mine", "x", false);
    SavedSearch first = searches("ann").getFirst();
    world.later(Duration.ofHours(1));
    assertThat(keep("ann", "MINE", "y", false)).satisfies(refused("search-exists"));
    assertThat(searches("ann")).containsExactly(first);
    assertThat(keep("ann", "MINE", "y", true)).isInstanceOf(Done.class);
    assertThat(searches("ann"))
        .containsExactly(
            new SavedSearch("ann", first.id(), "MINE", question("y"), first.keptAt(), world.now()));
    assertThat(keep("bob", "mine", "z", false)).as("of another account").isInstanceOf(Done.class);
  }

  @Test
  void onlyTheOneThatWasSeenIsReplaced() {
    keep("ann", "Mine", "x", false);
    SearchChange.Seen seen = SearchChange.Seen.of(searches("ann").getFirst());
    world.later(Duration.ofHours(1));
    keep("ann", "Mine", "changed", true);
    assertThat(change("ann", new SearchChange.Keep("MINE", question("y"), true, seen)))
        .as("it changed since")
        .satisfies(refused("search-exists"));
    SearchChange.Seen now = SearchChange.Seen.of(searches("ann").getFirst());
    change("ann", new SearchChange.Rename(now.id(), "Other"));
    keep("ann", "Mine", "another", false);
    assertThat(change("ann", new SearchChange.Keep("MINE", question("y"), true, now)))
        .as("another one has the name")
        .satisfies(refused("search-exists"));
    SavedSearch another = named("ann", "Mine");
    assertThat(
            change(
                "ann",
                new SearchChange.Keep("MINE", question("y"), true, SearchChange.Seen.of(another))))
        .isInstanceOf(Done.class);
    assertThat(named("ann", "MINE"))
        .returns(another.id(), SavedSearch::id)
        .returns(question("y"), SavedSearch::question);
    change("ann", new SearchChange.Remove(another.id()));
    assertThat(
            change(
                "ann",
                new SearchChange.Keep("Mine", question("y"), true, SearchChange.Seen.of(another))))
        .as("nobody has the name any more")
        .isInstanceOf(Done.class);
  }

  @Test
  void aNameIsChangedToOneThatIsFree() {
    keep("ann", "one", "x", false);
    keep("ann", "two", "y", false);
    String one = id("ann", "one");
    assertThat(change("ann", new SearchChange.Rename(one, "TWO")))
        .satisfies(refused("search-exists"));
    assertThat(change("ann", new SearchChange.Rename(one, "One")))
        .as("its own name, written otherwise")
        .isInstanceOf(Done.class);
    assertThat(change("ann", new SearchChange.Rename(one, "three"))).isInstanceOf(Done.class);
    assertThat(searches("ann"))
        .extracting(SavedSearch::name)
        .containsExactlyInAnyOrder("three", "two");
    assertThat(id("ann", "three")).isEqualTo(one);
    assertThat(change("ann", new SearchChange.Rename(one, "three")))
        .asInstanceOf(type(Done.class))
        .returns(0, Done::changed);
  }

  @Test
  void nobodyChangesWhatIsAnothers() {
    keep("ann", "one", "x", false);
    String id = id("ann", "one");
    assertThat(change("bob", new SearchChange.Rename(id, "bob's"))).isInstanceOf(NotFound.class);
    assertThat(change("bob", new SearchChange.Remove(id))).isInstanceOf(NotFound.class);
    assertThat(searches("ann")).hasSize(1);
  }

  @Test
  void whatIsRemovedIsGoneOnce() {
    keep("ann", "one", "x", false);
    String id = id("ann", "one");
    assertThat(change("ann", new SearchChange.Remove(id))).isInstanceOf(Done.class);
    assertThat(change("ann", new SearchChange.Remove(id))).isInstanceOf(NotFound.class);
    assertThat(change("ann", new SearchChange.Rename(id, "two"))).isInstanceOf(NotFound.class);
    assertThat(searches("ann")).isEmpty();
  }

  @Test
  void fiftyAreKeptAndNoMore() {
    for (int i = 0; i < SavedSearch.MOST; i++) {
      assertThat(keep("ann", "s" + i, "x" + i, false)).isInstanceOf(Done.class);
    }
    assertThat(keep("ann", "one more", "x", true)).satisfies(refused("searches-full"));
    assertThat(keep("ann", "S7", "y", true)).as("in place of one").isInstanceOf(Done.class);
    assertThat(keep("bob", "one more", "x", false)).isInstanceOf(Done.class);
    change("ann", new SearchChange.Remove(id("ann", "s0")));
    assertThat(keep("ann", "one more", "x", false)).isInstanceOf(Done.class);
    assertThat(searches("ann")).hasSize(SavedSearch.MOST);
  }

  @Test
  void whatCannotBeKeptIsRefused() {
    assertThat(keep("ann", " ", "x", false)).satisfies(refused("search-name"));
    assertThat(keep("ann", "a".repeat(101), "x", false)).satisfies(refused("search-name"));
    assertThat(keep("ann", "long", "x".repeat(1_501), false)).satisfies(refused("invalid-query"));
    assertThat(keep("ann", "long", "x".repeat(1_500), false)).isInstanceOf(Done.class);
    assertThat(change("ann", new SearchChange.Rename(id("ann", "long"), "a\nb")))
        .satisfies(refused("search-name"));
    assertThat(keep("eve", "mine", "x", false)).isInstanceOf(NotFound.class);
  }

  @Test
  void theyGoWithTheirAccount() {
    keep("bob", "one", "x", false);
    keep("bob", "two", "y", false);
    keep("ann", "one", "x", false);
    account("bob+", false);
    keep("bob+", "one", "x", false);
    assertThat(outcome(world.take(record(new AccountChange.DeleteAccount("bob")))))
        .isInstanceOf(Done.class);
    assertThat(searches("bob")).isEmpty();
    assertThat(searches("ann")).hasSize(1);
    assertThat(searches("bob+")).hasSize(1);
    account("bob", false);
    assertThat(searches("bob")).as("of who has the name next").isEmpty();
  }

  @Test
  void anAccountMadeAnewHasNothingOfWhoHadItsName() {
    SavedSearch left =
        new SavedSearch(
            "joe", UUID.randomUUID().toString(), "old", question("x"), world.now(), world.now());
    world.tables.searches().put(left.key(), left);
    world.later(Duration.ofDays(1));
    Account joe = joe();
    assertThat(outcome(world.take(record(new AccountChange.PutAccount(joe, null)))))
        .isInstanceOf(Done.class);
    assertThat(searches("joe")).isEmpty();
    keep("joe", "mine", "y", false);
    Account changed = joe.withMoreAddresses(List.of(MailAddress.of("joe@home.example")));
    assertThat(outcome(world.take(record(new AccountChange.PutAccount(changed, joe)))))
        .isInstanceOf(Done.class);
    assertThat(searches("joe")).as("of an account that is changed").hasSize(1);
  }

  @Test
  void theOutcomeNamesTheSearch() {
    CommandOutcome kept = keep("ann", "mine", "x", false);
    String id = id("ann", "mine");
    assertThat(kept).isEqualTo(new Done("The search is kept.", 1, id));
    for (CommandOutcome outcome :
        List.of(
            keep("ann", "mine", "x", false),
            keep("ann", "mine", "y", true),
            change("ann", new SearchChange.Rename(id, "other")),
            change("ann", new SearchChange.Rename(id, "other")),
            change("ann", new SearchChange.Remove(id)))) {
      assertThat(outcome).asInstanceOf(type(Done.class)).returns(id, Done::id);
    }
  }

  @Test
  void whatWasWantedBeforeTheAccountWasMadeIsRefused() {
    CommandRecord early =
        record(
            new AccountChange.ChangeSearches(
                "joe", new SearchChange.Keep("old", question("x"), false)));
    world.later(Duration.ofSeconds(1));
    Account joe = joe();
    world.take(record(new AccountChange.PutAccount(joe, null)));
    assertThat(outcome(world.take(early))).satisfies(refused("search-changed"));
    assertThat(searches("joe")).isEmpty();
    assertThat(keep("joe", "old", "x", false)).isInstanceOf(Done.class);
  }

  private Account joe() {
    return new Account(
        "joe", MailAddress.of("joe@work.example"), null, List.of(), List.of(), false, world.now());
  }

  @Test
  void whatIsCarriedOutLateDoesNotUndoWhatWasWantedSince() {
    keep("ann", "mine", "x", false);
    String id = id("ann", "mine");
    world.later(Duration.ofHours(1));
    List<CommandRecord> late =
        List.of(
            record(
                new AccountChange.ChangeSearches(
                    "ann", new SearchChange.Keep("mine", question("late"), true))),
            record(new AccountChange.ChangeSearches("ann", new SearchChange.Rename(id, "late"))),
            record(new AccountChange.ChangeSearches("ann", new SearchChange.Remove(id))));
    world.later(Duration.ofHours(1));
    keep("ann", "mine", "newer", true);
    List<SavedSearch> newer = searches("ann");
    world.later(Duration.ofHours(1));
    for (CommandRecord record : late) {
      assertThat(outcome(world.take(record))).satisfies(refused("search-changed"));
      assertThat(searches("ann")).isEqualTo(newer);
    }
  }

  @Test
  void twoThatWaitedAreCarriedOutAsTheyWereWanted() {
    CommandRecord first =
        record(
            new AccountChange.ChangeSearches(
                "ann", new SearchChange.Keep("mine", question("first"), true)));
    world.later(Duration.ofSeconds(1));
    CommandRecord second =
        record(
            new AccountChange.ChangeSearches(
                "ann", new SearchChange.Keep("mine", question("second"), true)));
    world.later(Duration.ofMinutes(1));
    assertThat(outcome(world.take(first))).isInstanceOf(Done.class);
    assertThat(outcome(world.take(second))).isInstanceOf(Done.class);
    assertThat(searches("ann"))
        .extracting(SavedSearch::question)
        .containsExactly(question("second"));
  }

  private CommandOutcome keep(String account, String name, String query, boolean replace) {
    return change(account, new SearchChange.Keep(name, question(query), replace));
  }

  private static Question question(String query) {
    return new Question(query, null, null, false);
  }

  private CommandOutcome change(String account, SearchChange change) {
    return outcome(world.take(record(new AccountChange.ChangeSearches(account, change))));
  }

  private CommandRecord record(ListCommand command) {
    return new CommandRecord(
        UUID.randomUUID().toString(), null, "ann", "192.0.2.7", world.now(), command);
  }

  private static CommandOutcome outcome(MemoryTransaction written) {
    return written.on(Topics.OUTCOMES, OutcomeRecord.class).getFirst().outcome();
  }

  private static Consumer<CommandOutcome> refused(String code) {
    return outcome ->
        assertThat(outcome).asInstanceOf(type(Refused.class)).returns(code, Refused::code);
  }

  private List<SavedSearch> searches(String account) {
    return world.tables.searches().scan(SavedSearch.prefix(account), "", 1000).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  private String id(String account, String name) {
    return named(account, name).id();
  }

  private SavedSearch named(String account, String name) {
    return searches(account).stream()
        .filter(search -> search.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void account(String name, boolean operator) {
    world
        .tables
        .directory()
        .accounts()
        .put(
            name,
            new Account(
                name,
                MailAddress.of(name + "@work.example"),
                null,
                List.of(),
                List.of(),
                operator,
                Fixtures.NOW));
  }
}
