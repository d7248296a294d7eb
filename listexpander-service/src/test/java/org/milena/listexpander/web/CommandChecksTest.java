package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.command.AccountChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.Commands;
import org.milena.common.command.HeldChange;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.RequestChange;
import org.milena.common.command.SearchChange;
import org.milena.common.command.TemplateChange;
import org.milena.common.directory.Account;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.web.ApiProblem;
import org.milena.listexpander.fake.Fixtures;

class CommandChecksTest {
  private static final MailAddress ANN = MailAddress.of("ann@a.example");

  private static List<ListCommand> tooMuch() {
    return List.of(
        new RequestChange.Subscribe(ANN, "x".repeat(201)),
        new RequestChange.Subscribe(ANN, "Ann\r\nBcc: eve"),
        new MemberChange.PutMembers(List.of(member("Ann"), member("x".repeat(60_000)))),
        new ListChange.CreateList(ANN, "a\u0000b", "", ListSettings.DISCUSSION),
        new ListChange.CreateList(ANN, "a", "x".repeat(10_001), ListSettings.DISCUSSION),
        new ListChange.ChangeList("x".repeat(201), null, null, null),
        new ListChange.ChangeList(null, "x".repeat(10_001), null, null),
        new HeldChange.DecideHeld("1", HeldChange.HeldDecision.REJECT, "x".repeat(10_001)),
        new TemplateChange.PutTemplate("s", "list:user:notice:welcome", "en", "x".repeat(20_001)),
        new TemplateChange.PutTemplate("s", "list:user:notice:welcome", "en", "Hi ${nobody}"),
        new TemplateChange.PutTemplate("s", "list:user:notice:welcome", "fr", "Salut"),
        new TemplateChange.PutTemplate("s", "x".repeat(60_000), "en", "Hello"),
        new TemplateChange.DeleteTemplate("s", "x".repeat(60_000), "en"),
        new AccountChange.ChangeSearches("ann", new SearchChange.Rename("1", "x".repeat(101))));
  }

  private static List<ListCommand> right() {
    return List.of(
        new RequestChange.Subscribe(ANN, "x".repeat(200)),
        new MemberChange.PutMembers(List.of(member("Ann"))),
        new ListChange.CreateList(ANN, "a", "x".repeat(10_000), ListSettings.DISCUSSION),
        new ListChange.ChangeList(null, null, null, 1L),
        new ListChange.DeleteList(),
        new HeldChange.DecideHeld("1", HeldChange.HeldDecision.REJECT, ""),
        new TemplateChange.PutTemplate("s", "list:user:notice:welcome", "en", "Hi ${user_email}"),
        new TemplateChange.DeleteTemplate("s", "list:user:notice:welcome", "de"));
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void writesNothingThatEveryListRefuses(ListCommand command) {
    Log log = new Log();
    assertThat(new CommandSender(log).ask(Fixtures.USERS_ID, command))
        .isInstanceOf(CommandOutcome.Refused.class);
    assertThat(log.written).isZero();
  }

  @ParameterizedTest
  @MethodSource("right")
  void leavesTheRestToTheList(ListCommand command) {
    Log log = new Log();
    new CommandSender(log).send(Fixtures.USERS_ID, command);
    assertThat(log.written).isEqualTo(1);
  }

  @Test
  void writesNoAccountOfAnImpossibleName() {
    Log log = new Log();
    for (String name : List.of("", "Ann", "a b", "x".repeat(101), "-a")) {
      Account account = new Account(name, null, null, List.of(), List.of(), false, Instant.EPOCH);
      assertThat(refusal(log, name, new AccountChange.PutAccount(account, null)))
          .isEqualTo("account-name");
    }
    assertThat(log.written).isZero();
  }

  private static @Nullable String refusal(Log log, String name, ListCommand command) {
    try {
      new CommandSender(log).sendForAccount(name, command);
      return null;
    } catch (ApiProblem problem) {
      return problem.code();
    }
  }

  private static MemberChange.NewMember member(String name) {
    return MemberChange.NewMember.of(ANN, name, Set.of(MemberRole.MEMBER));
  }

  private static final class Log implements Commands {
    private int written;

    @Override
    public CommandOutcome send(ListId list, ListCommand command, String actor, String origin) {
      written++;
      return new CommandOutcome.Done("done", 1);
    }

    @Override
    public CommandOutcome sendForKey(String key, ListCommand command, String actor, String origin) {
      written++;
      return new CommandOutcome.Done("done", 1);
    }

    @Override
    public CommandOutcome sendForAccount(
        String account, ListCommand command, String actor, String origin) {
      written++;
      return new CommandOutcome.Done("done", 1);
    }
  }
}
