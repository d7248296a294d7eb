package org.milena.listexpander.migration;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.TakeOverChange;
import org.milena.common.directory.Member;
import org.milena.common.directory.RoleNames;
import org.milena.common.directory.Template;
import org.milena.common.event.ListState;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.migration.listfile.ListFileEntry;
import org.milena.listexpander.migration.listfile.ListFileReader;
import org.milena.listexpander.migration.listfile.ListFileResult;

/** Takes a list over from its one file. Nothing is done before the file is known to be whole. */
public final class ListFileImport {

  /** A file that can be read more than once. */
  @FunctionalInterface
  public interface Source {
    /** Reads it from its beginning. */
    InputStream open() throws IOException;
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** It was taken over, or would be. */
    record Imported(ImportReport report) implements Outcome {}

    /**
     * It is not whole; nothing was done.
     *
     * @param reason a sentence
     */
    record Broken(String reason) implements Outcome {}
  }

  private ListFileEntry.@Nullable TheList list;
  private @Nullable ListState state;
  private final List<Template> templates = new ArrayList<>();

  private ListFileImport() {}

  /**
   * Does it.
   *
   * @param address where one will post; empty for where one did
   * @throws IOException when the source cannot be read
   */
  public static Outcome run(
      ListImport.Site site,
      Source source,
      Optional<MailAddress> address,
      boolean dryRun,
      ListImport.Progress progress)
      throws IOException {
    ListFileImport first = new ListFileImport();
    ListFileResult result;
    try (InputStream in = source.open()) {
      result = ListFileReader.read(in, first::remember);
    }
    return switch (result) {
      case ListFileResult.Broken(var line, var reason) ->
          new Outcome.Broken("Line %,d: %s".formatted(line, reason));
      case ListFileResult.Whole whole ->
          new Outcome.Imported(
              first.apply(site, source, address.orElse(whole.address()), dryRun, whole, progress));
    };
  }

  /** The few entries that make one command; members and posts are read again. */
  private void remember(ListFileEntry entry) {
    switch (entry) {
      case ListFileEntry.TheList theList -> list = theList;
      case ListFileEntry.Numbers(var numbers) -> state = numbers;
      case ListFileEntry.Text(var template) -> templates.add(template);
      case ListFileEntry.Somebody _, ListFileEntry.FromSource _, ListFileEntry.HeldPost _ -> {
        // in the second reading
      }
    }
  }

  private ImportReport apply(
      ListImport.Site site,
      Source source,
      MailAddress address,
      boolean dryRun,
      ListFileResult.Whole whole,
      ListImport.Progress progress)
      throws IOException {
    ListFileEntry.TheList theList = list;
    if (theList == null) {
      throw new IllegalStateException("a whole file without a list");
    }
    ListState numbers = state;
    ListImport run = new ListImport(site, address, dryRun, whole.members(), progress);
    run.list(
        new TakeOverChange.TakeOverList(
            address,
            theList.displayName(),
            theList.description(),
            theList.settings(),
            templates,
            numbers == null ? ListState.first(ListId.forAddress(address)) : numbers,
            theList.moderatorSecret(),
            theList.retired()));
    try (InputStream in = source.open()) {
      ListFileResult again =
          ListFileReader.read(
              in,
              entry -> {
                switch (entry) {
                  case ListFileEntry.Somebody(var member) -> member(run, address, member);
                  case ListFileEntry.HeldPost post -> run.heldPost(post);
                  case ListFileEntry.FromSource _ -> {
                    // comes from the source, where that is here
                  }
                  case ListFileEntry.TheList _, ListFileEntry.Numbers _, ListFileEntry.Text _ -> {
                    // done already
                  }
                }
              });
      if (!again.equals(whole)) {
        throw new IOException("the file changed while it was read: " + again);
      }
    }
    return run.finish();
  }

  /** Under another address the list may be what somebody on it was. */
  private static void member(ListImport run, MailAddress address, Member member) {
    if (RoleNames.belongsTo(address, member.address())) {
      run.note("members", PlanLine.Fate.LEFT, PlanBuilder.OWN_ADDRESS);
    } else {
      run.member(member);
    }
  }
}
