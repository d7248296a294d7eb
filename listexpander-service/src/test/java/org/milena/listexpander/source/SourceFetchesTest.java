package org.milena.listexpander.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.MemberChange.TakeSource;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.FetchedSource.Entry;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.stage.OutRecord;
import org.milena.common.table.MemoryTable;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.source.SourceFetches.Due;
import org.milena.listexpander.source.SourceFetches.Rules;

class SourceFetchesTest {
  private static final String URL = "https://members.example/list.txt";
  private static final Due DUE = new Due(Fixtures.USERS_ID, URL);

  private final DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
  private final List<OutRecord> sent = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private SourceDoor.Answer answer = new SourceDoor.Answer.Text("ann@a.example\n", "\"v1\"");
  private Instant now = Fixtures.NOW;
  private CompletableFuture<RecordPosition> acknowledged =
      CompletableFuture.completedFuture(new RecordPosition(Topics.LISTS, 0, 0));
  private final SourceFetches fetches = fetches(true);

  SourceFetchesTest() {
    list(URL, "@staff.lists.example.org 2026-11-29T10:00:00Z all");
  }

  @Test
  void eachIsFetchedWhenItIsDueAndNotBefore() {
    known(List.of());
    assertThat(fetches.due()).containsExactly(DUE);
    assertThat(fetches.due()).isEmpty();
    now = now.plus(Duration.ofMinutes(59));
    assertThat(fetches.due()).isEmpty();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(fetches.due()).containsExactly(DUE);
    list();
    assertThat(fetches.due()).isEmpty();
    list(URL);
    assertThat(fetches.due()).as("named anew").containsExactly(DUE);
  }

  @Test
  void whatTheListKnowsNothingOfIsDueSoon() {
    known(List.of());
    assertThat(fetches.due()).containsExactly(DUE);
    tables.sources().delete(FetchedSource.key(Fixtures.USERS_ID, URL));
    now = now.plus(SourceFetches.SOON).minusMillis(1);
    assertThat(fetches.due()).isEmpty();
    now = now.plusMillis(1);
    assertThat(fetches.due()).as("taken out and named again").containsExactly(DUE);
  }

  @Test
  void whatGotLostOnItsWayIsDueSoon() {
    known(List.of());
    assertThat(fetches.due()).containsExactly(DUE);
    acknowledged = CompletableFuture.failedFuture(new OutageException("no broker"));
    assertThat(fetches.refresh(DUE)).isTrue();
    assertThat(fetches.due()).isEmpty();
    now = now.plus(SourceFetches.SOON);
    assertThat(fetches.due()).containsExactly(DUE);
    now = now.plus(SourceFetches.SOON);
    assertThat(fetches.due()).isEmpty();
  }

  @Test
  void whatGotLostOfANewSourceIsNotDueAtOnceEither() {
    assertThat(fetches.due()).containsExactly(DUE);
    acknowledged = CompletableFuture.failedFuture(new OutageException("no broker"));
    assertThat(fetches.refresh(DUE)).isTrue();
    assertThat(fetches.due()).isEmpty();
    now = now.plus(SourceFetches.SOON);
    assertThat(fetches.due()).containsExactly(DUE);
  }

  @Test
  void aListThatIsClosedForGoodNeedsNoMembers() {
    tables
        .lists()
        .put(
            Fixtures.USERS_ID.value(),
            Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(URL)))
                .withRetired(true));
    assertThat(fetches.due()).isEmpty();
  }

  @Test
  void whatIsNewGoesToTheListsSequence() {
    assertThat(fetches.refresh(DUE)).isTrue();
    assertThat(sent).hasSize(1);
    OutRecord record = sent.getFirst();
    assertThat(record.topic()).isEqualTo(Topics.LISTS);
    assertThat(command())
        .isEqualTo(
            new TakeSource(
                URL,
                now,
                List.of(new Entry(MailAddress.of("ann@a.example"), "")),
                "\"v1\"",
                null,
                false));
    assertThat(asked).containsExactly(URL + " null");
  }

  @Test
  void whatTheListHasAlreadyIsNotSent() {
    known(List.of(new Entry(MailAddress.of("ann@a.example"), "")));
    assertThat(fetches.refresh(DUE)).isFalse();
    assertThat(asked).as("it asks whether that is still the one").containsExactly(URL + " \"v1\"");
    answer = new SourceDoor.Answer.Same();
    assertThat(fetches.refresh(DUE)).isFalse();
    answer = new SourceDoor.Answer.Fault("The server answers 500.");
    assertThat(fetches.refresh(DUE)).isTrue();
    assertThat(command().fault()).isEqualTo("The server answers 500.");
    assertThat(sent).hasSize(1);
  }

  @Test
  void whatIsNoListOfAddressesIsAFault() {
    answer = new SourceDoor.Answer.Text("<html>\n<p>Log in, please</p>\n</html>\n", null);
    assertThat(fetches.refresh(DUE)).isTrue();
    assertThat(command().entries()).isNull();
    assertThat(command().fault()).contains("no list of addresses");
  }

  @Test
  void somebodyWhoWaitsGetsTheWholeText() {
    known(List.of());
    TakeSource taken = fetches.now(URL, true).orElseThrow();
    assertThat(taken.accepted()).isTrue();
    assertThat(taken.entries()).hasSize(1);
    assertThat(asked).containsExactly(URL + " null");
    assertThat(sent).isEmpty();
  }

  @Test
  void nothingIsFetchedWhereTheSiteDoesNotWantIt() {
    SourceFetches off = fetches(false);
    assertThat(off.due()).isEmpty();
    assertThat(off.now(URL, false).orElseThrow().fault()).contains("this site");
    assertThat(asked).isEmpty();
  }

  @Test
  void noMoreWaitAtOnceThanAFew() {
    List<Boolean> last = new ArrayList<>();
    SourceFetches[] nested = new SourceFetches[1];
    nested[0] =
        fetches(
            (_, _) -> {
              last.add(nested[0].now(URL, false).isPresent());
              return new SourceDoor.Answer.Same();
            },
            true);
    assertThat(nested[0].now(URL, false)).isPresent();
    assertThat(last).hasSize(SourceFetches.AT_ONCE).startsWith(false);
    assertThat(nested[0].now(URL, false)).as("and they are free again").isPresent();
  }

  private SourceFetches fetches(boolean on) {
    return fetches(this::fetch, on);
  }

  private SourceFetches fetches(SourceDoor door, boolean on) {
    return new SourceFetches(
        new TableDirectory(tables, () -> now),
        door,
        record -> {
          sent.add(record);
          return acknowledged;
        },
        () -> now,
        new Rules(on, Duration.ofHours(1)));
  }

  private SourceDoor.Answer fetch(SourceUrl url, @Nullable String etag) {
    asked.add(url + " " + etag);
    return answer;
  }

  private TakeSource command() {
    byte[] value = sent.getLast().value();
    return value == null
        ? new TakeSource("", now, null, null, null, false)
        : (TakeSource) MailJson.read(value, CommandRecord.class).command();
  }

  private void known(List<Entry> entries) {
    FetchedSource row =
        FetchedSource.first(Fixtures.USERS_ID, URL, now).taken(entries, "\"v1\"", now);
    tables.sources().put(row.key(), row);
  }

  private void list(String... sources) {
    MailingList list =
        Fixtures.list(ListSettings.DISCUSSION.with("memberSources", List.of(sources)));
    tables.lists().put(list.id().value(), list);
  }
}
