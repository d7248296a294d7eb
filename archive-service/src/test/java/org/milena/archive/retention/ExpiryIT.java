package org.milena.archive.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.Commands;
import org.milena.common.command.ListCommand;
import org.milena.common.command.PostChange;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.TableDirectory;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.common.table.MemoryTable;

/** Old posts in a real index; commands are noted. */
class ExpiryIT {
  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Duration DAY = Duration.ofDays(1);

  private final TestArchive archive = TestArchive.create();
  private final DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
  private final List<PostChange.RemovePosts> asked = new ArrayList<>();
  private CommandOutcome outcome = new CommandOutcome.Done("done", 1);

  private final Commands commands =
      new Commands() {
        @Override
        public CommandOutcome send(ListId list, ListCommand command, String actor, String origin) {
          assertThat(actor).isEqualTo("system");
          asked.add((PostChange.RemovePosts) command);
          return outcome;
        }

        @Override
        public CommandOutcome sendForKey(
            String key, ListCommand command, String actor, String origin) {
          throw new AssertionError(command);
        }

        @Override
        public CommandOutcome sendForAccount(
            String account, ListCommand command, String actor, String origin) {
          throw new AssertionError(command);
        }
      };

  @AfterEach
  void end() {
    archive.close();
  }

  private ListId list(String name, int days) {
    ListId id = ListId.of(name + ".example.org");
    tables
        .lists()
        .put(
            id.value(),
            new MailingList(
                id,
                MailAddress.of(name + "@example.org"),
                "",
                "",
                ListSettings.DISCUSSION.with("archiveDays", days),
                TestArchive.NOW,
                1));
    return id;
  }

  private static RawMessage writtenAt(String id, Instant at) {
    return TestArchive.raw(
        "Message-ID: <%s@x>\nDate: %s\nSubject: s\n\ntext\n".formatted(id, FIELD.format(at)));
  }

  private void run() {
    new Expiry(
            archive.search,
            new TableDirectory(tables, () -> TestArchive.NOW),
            commands,
            () -> TestArchive.NOW)
        .run();
  }

  private List<String> askedFor() {
    return asked.stream()
        .flatMap(command -> command.posts().stream())
        .map(PostChange.ArchivedMail::messageId)
        .toList();
  }

  @Test
  void asksForWhatIsOlderThanTheListKeeps() {
    ListId short30 = list("short", 30);
    ListId forever = list("forever", 0);
    Instant edge = TestArchive.NOW.minus(DAY.multipliedBy(30));
    archive.take(
        short30,
        List.of(
            writtenAt("older", edge.minusSeconds(1)),
            writtenAt("oldest", edge.minus(DAY.multipliedBy(900))),
            writtenAt("edge", edge),
            writtenAt("young", TestArchive.NOW.minus(DAY))));
    archive.take(forever, List.of(writtenAt("kept", edge.minus(DAY.multipliedBy(900)))));
    run();
    assertThat(askedFor()).containsExactly("oldest@x", "older@x");
    assertThat(asked).allMatch(PostChange.RemovePosts::isExpiry);
  }

  @Test
  void asksForEachOnceHoweverManyThereAre() {
    ListId list = list("many", 1);
    List<RawMessage> messages = new ArrayList<>();
    for (int i = 0; i < 1_201; i++) {
      // many share a moment: the id decides where a page ends
      messages.add(writtenAt("p" + i, TestArchive.NOW.minus(DAY.multipliedBy(10 + i / 400))));
    }
    archive.take(list, messages);
    run();
    assertThat(asked).hasSizeGreaterThan(2);
    assertThat(askedFor()).hasSize(1_201).doesNotHaveDuplicates();
  }

  @Test
  void leavesAListWhoseOwnerRefuses() {
    ListId list = list("gone", 1);
    archive.take(list, List.of(writtenAt("old", TestArchive.NOW.minus(DAY.multipliedBy(9)))));
    outcome = new CommandOutcome.Refused("no", "There is no list.");
    run();
    assertThat(asked).hasSize(1);
  }
}
