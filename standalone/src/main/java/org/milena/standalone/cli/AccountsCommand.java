package org.milena.standalone.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena accounts …}. */
@Command(
    name = "accounts",
    description = "Shows and changes who can sign in and submit mail.",
    mixinStandardHelpOptions = true)
final class AccountsCommand implements Runnable {
  private static final String NAME = "What is typed at sign-in.";

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all of them. */
  @Override
  public void run() {
    list(answer);
  }

  @Command(name = "list", description = "All of them, by name.", mixinStandardHelpOptions = true)
  void list(@Mixin Answer answer) {
    Pages.show(
        answer,
        Api.path("accounts"),
        new TextTable("NAME", "ADDRESSES", "OPERATOR", "MAIL PROGRAMS", "TOKENS"),
        (table, one) ->
            table.row(
                Words.text(one, "name"),
                addresses(one),
                one.path("operator").asBoolean() ? "yes" : "",
                String.valueOf(one.path("appPasswords").size()),
                String.valueOf(one.path("tokens").size())),
        "There is no account.");
  }

  private static String addresses(JsonNode account) {
    String more = Words.joined(account.path("moreAddresses"), ", ");
    String first = Words.text(account, "address");
    return more.isEmpty() ? first : first + ", " + more;
  }

  @Command(
      name = "show",
      description = "One, with the ids of its mail programs' passwords and its tokens.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin Answer answer, @Parameters(paramLabel = "NAME", description = NAME) String name) {
    answer.show(
        answer.api().get(Api.path("accounts", name)),
        account -> {
          TextTable table = new TextTable("WHAT", "ID", "LABEL", "SCOPES");
          account
              .path("appPasswords")
              .forEach(one ->
                  table.row("mail program", Words.text(one, "id"), Words.text(one, "label"), ""));
          account
              .path("tokens")
              .forEach(one ->
                  table.row(
                      "token",
                      Words.text(one, "id"),
                      Words.text(one, "label"),
                      Words.joined(one.path("scopes"), ", ")));
          answer
              .out()
              .printf(
                  "%s: %s%s%s%n",
                  name,
                  addresses(account),
                  account.path("operator").asBoolean() ? ", an operator" : "",
                  account.path("hasPassword").asBoolean() ? "" : ", without a password");
          table.print(answer.out(), "No mail program and no token.");
        });
  }

  @Command(
      name = "set",
      description = "Makes an account, or changes what is named.",
      mixinStandardHelpOptions = true)
  void set(
      @Mixin Answer answer,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--address", description = "Its first address.") @Nullable String address,
      @Option(
              names = "--password",
              interactive = true,
              arity = "0..1",
              description = "Asked for where none is given, so that the shell does not keep it.")
          char @Nullable [] password,
      @Option(
              names = "--operator",
              negatable = true,
              description = "Whether this one runs the site.")
          @Nullable Boolean operator) {
    ObjectNode body = Api.object();
    if (address != null) {
      body.put("address", address);
    }
    if (password != null) {
      body.put("password", new String(password));
    }
    if (operator != null) {
      body.put("operator", operator);
    }
    if (body.isEmpty()) {
      throw new CliFailure("Give --address, --password or --operator.");
    }
    answer.show(
        answer.api().put(Api.path("accounts", name), body),
        "The account %s is set.".formatted(name.toLowerCase(Locale.ROOT)));
  }

  @Command(
      name = "delete",
      description = "Takes accounts away; their addresses stay on their lists.",
      mixinStandardHelpOptions = true)
  void delete(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "NAME", description = NAME) List<String> names) {
    Api api = answer.api();
    for (String name : names) {
      answer.show(
          api.delete(Api.path("accounts", name)), "The account %s is gone.".formatted(name));
    }
  }

  @Command(
      name = "add-address",
      description = "Asks an address whether it is one of this account; it counts once it said so.",
      mixinStandardHelpOptions = true)
  void addAddress(
      @Mixin Answer answer,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Parameters(paramLabel = "ADDRESS") String address) {
    say(
        answer,
        answer
            .api()
            .post(Api.path("accounts", name, "addresses"), Api.object().put("address", address)));
  }

  @Command(
      name = "drop-address",
      description = "The account does without one of its further addresses.",
      mixinStandardHelpOptions = true)
  void dropAddress(
      @Mixin Answer answer,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Parameters(paramLabel = "ADDRESS") String address) {
    answer.show(
        answer.api().delete(Api.path("accounts", name, "addresses", address)),
        "%s is no address of %s any more.".formatted(address, name));
  }

  @Command(
      name = "app-password",
      description = "Makes a password for a mail program, and shows it this once.",
      mixinStandardHelpOptions = true)
  void appPassword(
      @Mixin Answer answer,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--label", required = true, description = "To know it again.") String label) {
    secret(answer, Api.path("accounts", name, "app-passwords"), Api.object().put("label", label));
  }

  @Command(
      name = "token",
      description = "Makes a token for a program, and shows it this once.",
      mixinStandardHelpOptions = true)
  void token(
      @Mixin Answer answer,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--label", required = true, description = "To know it again.") String label,
      @Option(
              names = "--scope",
              required = true,
              split = ",",
              description = "What it may do: read, lists, moderate, operate.")
          List<String> scopes) {
    ObjectNode body = Api.object().put("label", label);
    ArrayNode wanted = body.putArray("scopes");
    scopes.forEach(scope -> wanted.add(scope.toUpperCase(Locale.ROOT)));
    secret(answer, Api.path("accounts", name, "tokens"), body);
  }

  private static void secret(Answer answer, String path, ObjectNode body) {
    JsonNode made = answer.api().post(path, body);
    answer.show(made, Words.text(made, "secret"));
  }

  @Command(
      name = "revoke",
      description = "Takes a mail program's password or a token away, by its id.",
      mixinStandardHelpOptions = true)
  void revoke(
      @Mixin Answer answer,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Parameters(paramLabel = "ID", description = "As \"accounts show\" tells it.") String id) {
    Api api = answer.api();
    boolean token =
        api.get(Api.path("accounts", name))
            .path("tokens")
            .valueStream()
            .anyMatch(one -> Words.text(one, "id").equals(id));
    answer.show(
        api.delete(Api.path("accounts", name, token ? "tokens" : "app-passwords", id)),
        "It works no more.");
  }

  private static void say(Answer answer, JsonNode done) {
    answer.show(done, Words.text(done, "text"));
  }
}
