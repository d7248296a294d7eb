package org.milena.standalone.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milena.standalone.source.FolderSource;
import org.milena.standalone.source.MboxSource;
import org.milena.standalone.source.PipermailPages;
import org.milena.standalone.source.PipermailSource;
import org.milena.standalone.source.PonyMailSource;
import org.milena.standalone.source.PostSource;
import org.milena.standalone.source.PublicInboxSource;
import org.milena.standalone.source.Quoting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code milena import mbox}, and those for the other kinds of archives. */
final class ImportArchives {
  private static final String AGAIN =
      "The same command again goes on where it was broken off, and changes nothing at the end.";

  /** What they have in common. */
  private abstract static class OfArchive implements Callable<Integer> {
    @Mixin private Answer answer = new Answer();

    @Option(
        names = "--list",
        required = true,
        paramLabel = "LIST",
        description = "The address of the list whose archive gets the posts.")
    private String list = "";

    @Option(names = "--dry-run", description = "Says what would be done, and does nothing.")
    private boolean dryRun;

    @Option(
        names = "--private",
        paramLabel = "skip|include",
        defaultValue = "skip",
        description =
            "Whether a public archive takes what the other one kept from the public; skip when"
                + " absent.")
    private PrivatePosts privatePosts = PrivatePosts.SKIP;

    /** What is done with private posts. */
    enum PrivatePosts {
      SKIP,
      INCLUDE
    }

    abstract PostSource source() throws IOException;

    String list() {
      return list;
    }

    @Override
    public Integer call() {
      PostSource source;
      try {
        source = source();
      } catch (IOException e) {
        throw new CliFailure(String.valueOf(e.getMessage()), e);
      }
      UploadReport report = new UploadReport();
      UploadProgress progress = new UploadProgress(answer.err());
      new PostUpload(
              answer.api(),
              list,
              source.name(),
              dryRun,
              privatePosts == PrivatePosts.INCLUDE,
              report,
              progress)
          .send(source);
      answer.show(
          report.json(list, source.name(), dryRun, progress.seconds()),
          all -> UploadReport.print(answer.out(), all));
      return report.isWhole() ? 0 : 1;
    }
  }

  /** The old pages of a list; null where none are named. */
  private static @Nullable PipermailPages pages(@Nullable Path folder, @Nullable String base)
      throws IOException {
    if (folder == null) {
      return null;
    }
    if (!Files.isDirectory(folder)) {
      throw new CliFailure("There is no folder %s.".formatted(folder));
    }
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return PipermailPages.read(folder, base == null ? "/pipermail/" + name : path(base));
  }

  /** The path of a URL, or of what is a path already; without a slash at its end. */
  private static String path(String base) {
    try {
      String path = new URI(base).getRawPath();
      if (path != null && path.startsWith("/")) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      }
    } catch (URISyntaxException e) {
      throw new CliFailure("%s is no URL: %s.".formatted(base, e.getReason()), e);
    }
    throw new CliFailure("%s is no URL, and no path that begins with a slash.".formatted(base));
  }

  /** {@code milena import mbox}. */
  @Command(
      name = "mbox",
      description = {
        "Posts of an mbox, plain or gzip: mboxrd, mboxo, mboxcl and mboxcl2 are told apart.",
        AGAIN
      },
      mixinStandardHelpOptions = true)
  static final class Mbox extends OfArchive {
    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<Path> files = List.of();

    @Option(
        names = "--quoting",
        paramLabel = "mboxrd|mboxo|none",
        defaultValue = "mboxrd",
        description = "How lines that begin with From are quoted; mboxrd when absent.")
    private Quoting quoting = Quoting.MBOXRD;

    @Option(
        names = "--pages",
        paramLabel = "DIR",
        description = "The list's folder of pipermail: the old URLs of its pages are kept.")
    private @Nullable Path pages;

    @Option(
        names = "--base",
        paramLabel = "URL",
        description = "Where those pages were; /pipermail/ and the folder's name when absent.")
    private @Nullable String base;

    @Override
    PostSource source() throws IOException {
      return new MboxSource(files, quoting, pages(pages, base));
    }
  }

  /** {@code milena import maildir}. */
  @Command(
      name = "maildir",
      description = {
        "Posts of a maildir, also that of Mailman 3's prototype archiver, or of a folder of .eml"
            + " files.",
        AGAIN
      },
      mixinStandardHelpOptions = true)
  static final class Maildir extends OfArchive {
    @Parameters(paramLabel = "DIR")
    private Path folder = Path.of("");

    @Override
    PostSource source() {
      return new FolderSource(folder);
    }
  }

  /** {@code milena import pipermail}. */
  @Command(
      name = "pipermail",
      description = {
        "Posts of the archive that Mailman 2 shows: its folder of the list, or a file .txt or"
            + " .txt.gz.",
        "Where the list's mbox is still there, import that, with --pages: it has attachments.",
        AGAIN
      },
      mixinStandardHelpOptions = true)
  static final class Pipermail extends OfArchive {
    @Parameters(paramLabel = "FILE|DIR")
    private Path path = Path.of("");

    @Option(
        names = "--base",
        paramLabel = "URL",
        description = "Where it was; /pipermail/ and the folder's name when absent.")
    private @Nullable String base;

    @Override
    PostSource source() throws IOException {
      return new PipermailSource(path, Files.isDirectory(path) ? pages(path, base) : null);
    }
  }

  /** {@code milena import public-inbox}. */
  @Command(
      name = "public-inbox",
      description = {
        "Posts of a public-inbox, version 1 or 2: its folder, or a clone of it. Needs git.",
        AGAIN
      },
      mixinStandardHelpOptions = true)
  static final class PublicInbox extends OfArchive {
    @Parameters(paramLabel = "DIR")
    private Path folder = Path.of("");

    @Option(
        names = "--base",
        paramLabel = "URL",
        description =
            "Where it was, for instance https://lore.example.org/users: its URLs are kept.")
    private @Nullable String base;

    @Override
    PostSource source() throws IOException {
      return PublicInboxSource.of(folder, base == null ? null : path(base));
    }
  }

  /** {@code milena import ponymail}. */
  @Command(
      name = "ponymail",
      description = {
        "Posts of Pony Mail: from the search engine it keeps them in, or from a dump of its indices"
            + " with a document a line.",
        AGAIN
      },
      mixinStandardHelpOptions = true)
  static final class PonyMail extends OfArchive {
    @Parameters(
        arity = "1..*",
        paramLabel = "URL|FILE",
        description = "For instance http://127.0.0.1:9200, or mbox.ndjson.gz source.ndjson.gz.")
    private List<String> from = List.of();

    @Option(
        names = "--from-list",
        paramLabel = "LIST",
        description = "Its address there; as here when absent.")
    private @Nullable String there;

    @Option(
        names = "--indices",
        paramLabel = "PREFIX",
        defaultValue = "ponymail",
        description = "What the names of its indices begin with; ponymail when absent.")
    private String prefix = "ponymail";

    @Override
    PostSource source() throws IOException {
      String address = there == null ? list() : there;
      String first = from.getFirst().toLowerCase(Locale.ROOT);
      if (first.startsWith("http://") || first.startsWith("https://")) {
        if (from.size() > 1) {
          throw new CliFailure("Name one URL, or files.");
        }
        return PonyMailSource.at(URI.create(from.getFirst()), prefix, address);
      }
      return PonyMailSource.of(from.stream().map(Path::of).toList(), address);
    }
  }

  private ImportArchives() {}
}
