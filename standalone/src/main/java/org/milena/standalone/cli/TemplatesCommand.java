package org.milena.standalone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena templates …}. */
@Command(
    name = "templates",
    description = {
      "Shows and changes what lists write: welcome, footers, notices.",
      "A text of a list goes before one of its domain, that before one of the site, and that",
      "before ours. ${name} stands for a value, $$ for a dollar."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class TemplatesCommand {

  private static final String SCOPE =
      "Whose texts: the address of a list, a domain, or \"site\" for all lists.";
  private static final String NAME = "Which text, as \"templates list\" shows it.";
  private static final String LANGUAGE = "en or de; else the list's.";

  @Command(
      name = "list",
      description = "All texts, and whose they are.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin Answer answer,
      @Parameters(paramLabel = "SCOPE", description = SCOPE) String scope,
      @Option(names = "--language", defaultValue = "", description = LANGUAGE) String language) {
    JsonNode all = answer.api().get(path(scope, language));
    answer.show(
        all,
        _ -> {
          TextTable table = new TextTable("NAME", "LANGUAGE", "FROM", "WHAT FOR");
          all.forEach(text ->
              table.row(
                  Words.text(text, "name"),
                  Words.text(text, "language"),
                  giver(text),
                  Words.text(text, "purpose")));
          table.print(answer.out(), "There is no text.");
        });
  }

  @Command(
      name = "show",
      description = "One text, and what it may hold.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "SCOPE", description = SCOPE) String scope,
      @Parameters(index = "1", paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--language", defaultValue = "", description = LANGUAGE) String language,
      @Option(names = "--text", description = "Print the text alone, to be changed in a file.")
          boolean textAlone) {
    answer.show(
        answer.api().get(path(scope, language, name)),
        text -> {
          if (textAlone) {
            print(answer.out(), Words.text(text, "text"));
          } else {
            print(answer.out(), text);
          }
        });
  }

  @Command(
      name = "set",
      description = {
        "Puts the text of a file in place of what is used now.",
        "Its first line may be \"Subject: …\", with an empty line behind it."
      },
      mixinStandardHelpOptions = true)
  void set(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "SCOPE", description = SCOPE) String scope,
      @Parameters(index = "1", paramLabel = "NAME", description = NAME) String name,
      @Parameters(index = "2", paramLabel = "FILE") Path file,
      @Option(names = "--language", defaultValue = "", description = LANGUAGE) String language) {
    JsonNode changed =
        answer.api().put(path(scope, language, name), Api.object().put("text", read(file)));
    answer.show(
        changed,
        "%s (%s) of %s is changed."
            .formatted(Words.text(changed, "name"), Words.text(changed, "language"), scope));
  }

  @Command(
      name = "delete",
      description = "Takes a text away, so that the next one is used again.",
      mixinStandardHelpOptions = true)
  void delete(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "SCOPE", description = SCOPE) String scope,
      @Parameters(index = "1", paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--language", defaultValue = "", description = LANGUAGE) String language) {
    JsonNode done = answer.api().delete(path(scope, language, name));
    answer.show(done, TextTable.clean(Words.text(done, "text")));
  }

  @Command(
      name = "preview",
      description = "Shows a text with example values, and keeps nothing.",
      mixinStandardHelpOptions = true)
  void preview(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "SCOPE", description = SCOPE) String scope,
      @Parameters(index = "1", paramLabel = "NAME", description = NAME) String name,
      @Parameters(
              index = "2",
              arity = "0..1",
              paramLabel = "FILE",
              description = "Else what is used now.")
          @Nullable Path file,
      @Option(names = "--language", defaultValue = "", description = LANGUAGE) String language) {
    ObjectNode body = Api.object();
    if (file != null) {
      body.put("text", read(file));
    }
    answer.show(
        answer.api().post(path(scope, language, name, "preview"), body),
        shown -> {
          String subject = Words.text(shown, "subject");
          if (!subject.isEmpty()) {
            answer.out().println("Subject: " + TextTable.clean(subject));
            answer.out().println();
          }
          print(answer.out(), Words.text(shown, "text"));
        });
  }

  private static String path(String scope, String language, String... rest) {
    Stream<String> place =
        scope.equals("site")
            ? Stream.of("site")
            : Stream.of(scope.contains("@") ? "lists" : "domains", scope);
    String path =
        Api.path(
            Stream.of(place, Stream.of("templates"), Arrays.stream(rest))
                .flatMap(parts -> parts)
                .toArray(String[]::new));
    return language.isEmpty() ? path : path + "?language=" + Api.escape(language);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new CliFailure("There is no file %s.".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new CliFailure("%s is not a text in UTF-8.".formatted(file), e);
    } catch (IOException e) {
      throw new CliFailure("%s cannot be read: %s.".formatted(file, e), e);
    }
  }

  private static String giver(JsonNode text) {
    String giver = Words.text(text, "givenBy").toLowerCase(Locale.ROOT);
    return giver.equals("milena") ? "us" : giver;
  }

  private static void print(PrintWriter out, JsonNode text) {
    new Facts()
        .add("name", text.path("name"))
        .add("what for", text.path("purpose"))
        .add("language", text.path("language"))
        .add("from", giver(text))
        .add("subject", text.path("hasSubject").asBoolean() ? "may be its first line" : "none")
        .print(out);
    out.println();
    print(out, Words.text(text, "text"));
    out.println();
    TextTable table = new TextTable("PLACEHOLDER", "STANDS FOR", "FOR EXAMPLE");
    text.path("placeholders")
        .forEach(one ->
            table.row(
                "${" + Words.text(one, "name") + "}",
                Words.text(one, "meaning"),
                Words.text(one, "example")));
    table.print(out, "It holds no placeholders.");
  }

  private static void print(PrintWriter out, String lines) {
    lines.lines().map(TextTable::clean).forEach(out::println);
  }
}
