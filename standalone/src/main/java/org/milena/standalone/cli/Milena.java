package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code milena}. Exit codes: 0 done, 1 not done and said why, 2 not understood. */
@Command(
    name = "milena",
    description = "Mailing lists: mail in, scanned, to the members, into an archive.",
    mixinStandardHelpOptions = true,
    version = "milena 0.1.0",
    subcommands = {
      HelpCommand.class,
      StartCommand.class,
      DemoCommand.class,
      StatusCommand.class,
      DoctorCommand.class,
      ListsCommand.class,
      DomainsCommand.class,
      MembersCommand.class,
      AccountsCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      PostCommand.class,
      HeldCommand.class,
      SearchCommand.class,
      SearchesCommand.class,
      ArchiveCommand.class,
      TraceCommand.class,
      DeliveryCommand.class,
      LagCommand.class,
      QueueCommand.class,
      SuppressionsCommand.class,
      ThreadsCommand.class,
      QuarantineCommand.class,
      DeadLettersCommand.class,
      TemplatesCommand.class
    })
public final class Milena implements Runnable {

  @Spec private CommandSpec command = CommandSpec.create();

  private Milena() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(
        commandLine(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments));
  }

  /** The command line, printing to these. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine whole = new CommandLine(new Milena());
    // they take ids of posts, and one in 64 begins as an option does
    whole.getSubcommands().values().stream()
        .filter(command -> command.getCommandName().equals("archive"))
        .flatMap(archive -> archive.getSubcommands().values().stream())
        .filter(command -> List.of("remove", "redact").contains(command.getCommandName()))
        .forEach(command -> command.setUnmatchedOptionsArePositionalParams(true));
    return whole
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((failure, commandLine, _) -> {
          if (!(failure instanceof CliFailure)) {
            throw failure;
          }
          commandLine.getOut().flush();
          commandLine.getErr().println(TextTable.clean(String.valueOf(failure.getMessage())));
          return commandLine.getCommandSpec().exitCodeOnExecutionException();
        });
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "Say what to do.");
  }
}
