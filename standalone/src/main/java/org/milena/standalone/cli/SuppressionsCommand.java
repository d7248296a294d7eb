package org.milena.standalone.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code milena suppressions …}. */
@Command(
    name = "suppressions",
    description = "Shows and changes which addresses the site sends nothing to.",
    mixinStandardHelpOptions = true)
final class SuppressionsCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all of them. */
  @Override
  public void run() {
    list(answer);
  }

  @Command(name = "list", description = "All of them.", mixinStandardHelpOptions = true)
  void list(@Mixin Answer answer) {
    Pages.show(
        answer,
        Api.path("suppressions"),
        new TextTable("ADDRESS", "SINCE", "REASON"),
        (table, one) ->
            table.row(
                Words.text(one, "address"), Words.moment(one, "since"), Words.text(one, "reason")),
        "Mail is sent to every address.");
  }

  @Command(
      name = "add",
      description = "Nothing is sent to these addresses any more.",
      mixinStandardHelpOptions = true)
  void add(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ADDRESS") List<String> addresses,
      @Option(names = "--reason", required = true, description = "Why.") String reason) {
    Api api = answer.api();
    for (String address : addresses) {
      answer.show(
          api.put(Api.path("suppressions", address), Api.object().put("reason", reason)),
          "Nothing is sent to %s any more.".formatted(address));
    }
  }

  @Command(
      name = "remove",
      description = "Mail is sent to these addresses again.",
      mixinStandardHelpOptions = true)
  void remove(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ADDRESS") List<String> addresses) {
    Api api = answer.api();
    for (String address : addresses) {
      answer.show(
          api.delete(Api.path("suppressions", address)),
          "Mail is sent to %s again.".formatted(address));
    }
  }
}
