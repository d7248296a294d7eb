package org.milena.standalone.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code milena export}. */
@Command(
    name = "export",
    description = {
      "Saves a whole list in one file: settings, members, held posts, texts.",
      "milena import list takes it in again, here or elsewhere."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  @Parameters(index = "0", paramLabel = "LIST", description = "The list's address.")
  private String list = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "For instance users.jsonl.gz.")
  private Path file = Path.of("");

  @Override
  public void run() {
    answer.api().save(Api.path("lists", list, "export"), file);
    answer.show(
        Api.object().put("list", list).put("file", file.toString()),
        "%s is in %s.".formatted(list, file));
  }
}
