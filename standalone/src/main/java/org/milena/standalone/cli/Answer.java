package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What every client command has: the server, {@code --json}, and where to print. */
final class Answer {

  @Mixin private Server server = new Server();

  @Option(names = "--json", description = "Print what the API answers, for programs.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  Server server() {
    return server;
  }

  Api api() {
    return server.api();
  }

  boolean isJson() {
    return json;
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** Prints the answer as it is, or as a person reads it. */
  void show(JsonNode answer, Consumer<JsonNode> forPeople) {
    if (json) {
      out().println(Api.pretty(answer));
    } else {
      forPeople.accept(answer);
    }
    out().flush();
  }

  /** Prints the answer as it is, or a sentence. */
  void show(JsonNode answer, String sentence) {
    show(answer, _ -> out().println(sentence));
  }
}
