package org.milena.standalone.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/**
 * A public-inbox. In version 2 each commit of an epoch has one message, as the file {@code m}; a
 * commit with a file {@code d} takes the message with the same content away, from this epoch or an
 * earlier one. In version 1 the tree holds what is there, under the SHA-1 of its Message-ID.
 */
public final class PublicInboxSource implements PostSource {
  private static final Pattern EPOCH = Pattern.compile("(\\d{1,6})\\.git");
  private static final Pattern COMMIT = Pattern.compile("commit ([0-9a-f]{40,64}) (\\d+)");
  private static final Pattern CHANGE =
      Pattern.compile(":\\d+ \\d+ [0-9a-f]+ ([0-9a-f]{40,64}) [AMT]\t([md])");
  private static final Pattern FILE =
      Pattern.compile("\\d+ blob ([0-9a-f]{40,64})\t[0-9a-f]{2}/[0-9a-f]{38}");
  private static final String[] LOG = {
    "log",
    "--reverse",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--root",
    "--format=commit %H %ct",
    "HEAD"
  };

  /** What public-inbox leaves as it is in its URLs. */
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@";

  private final Path folder;
  private final List<GitRepository> epochs;
  private final boolean files;
  private final @Nullable String base;

  private PublicInboxSource(
      Path folder, List<GitRepository> epochs, boolean files, @Nullable String base) {
    this.folder = folder;
    this.epochs = List.copyOf(epochs);
    this.files = files;
    this.base = base;
  }

  /**
   * The inbox in a folder, or the one a folder is a clone of.
   *
   * @param base the path under which it was on the web; null where its URLs are not kept
   * @throws UnfitSourceException when there is none
   */
  public static PublicInboxSource of(Path folder, @Nullable String base) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UnfitSourceException("There is no folder %s.".formatted(folder));
    }
    List<GitRepository> epochs = epochs(folder.resolve("git"));
    if (epochs.isEmpty()) {
      epochs = epochs(folder);
    }
    if (!epochs.isEmpty()) {
      return new PublicInboxSource(folder, begun(epochs), false, base);
    }
    for (Path place : List.of(folder, folder.resolve(".git"), folder.resolve("all.git"))) {
      if (Files.exists(place.resolve("HEAD")) && Files.isDirectory(place.resolve("objects"))) {
        GitRepository repository = new GitRepository(place);
        if (repository.isEmpty()) {
          throw new UnfitSourceException(
              "%s is a git repository without a commit: there are no messages in it."
                  .formatted(folder));
        }
        return new PublicInboxSource(
            folder, List.of(repository), isOfFiles(repository, folder), base);
      }
    }
    throw new UnfitSourceException(
        "%s is no public-inbox: there is no git/0.git in it, and it is no repository itself."
            .formatted(folder));
  }

  /** An inbox that is new, or whose next epoch is, has one that nothing was written to yet. */
  private static List<GitRepository> begun(List<GitRepository> epochs) throws IOException {
    List<GitRepository> begun = new ArrayList<>();
    for (GitRepository epoch : epochs) {
      if (!epoch.isEmpty()) {
        begun.add(epoch);
      }
    }
    return begun;
  }

  private static List<GitRepository> epochs(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> number(path) >= 0)
          .sorted(Comparator.comparingInt(PublicInboxSource::number))
          .map(GitRepository::new)
          .toList();
    }
  }

  private static int number(Path path) {
    Matcher epoch = EPOCH.matcher(MboxSource.name(path));
    return epoch.matches() ? Integer.parseInt(epoch.group(1)) : -1;
  }

  private static boolean isOfFiles(GitRepository repository, Path folder) throws IOException {
    List<String> names =
        repository.all("read " + folder, "ls-tree", "--name-only", "HEAD").stream()
            .limit(300)
            .toList();
    if (names.contains("m") || names.contains("d")) {
      return false;
    }
    if (names.stream().anyMatch(name -> name.matches("[0-9a-f]{2}"))) {
      return true;
    }
    throw new UnfitSourceException(
        "%s is a git repository, but no public-inbox: it has neither a file m nor folders 00 to ff."
            .formatted(folder));
  }

  @Override
  public String name() {
    return "public-inbox " + MboxSource.name(folder.toAbsolutePath().normalize());
  }

  @Override
  public long size() throws IOException {
    long size = 0;
    for (GitRepository epoch : epochs) {
      size += Long.parseLong(epoch.all("count commits", "rev-list", "--count", "HEAD").getFirst());
    }
    return files ? 0 : size;
  }

  @Override
  public void read(Receiver receiver) throws IOException {
    if (files) {
      readFiles(receiver);
      return;
    }
    Map<String, Integer> deletions = deletions();
    long[] done = {0};
    for (GitRepository epoch : epochs) {
      try (GitBlobs blobs = new GitBlobs(epoch)) {
        readEpoch(epoch, blobs, deletions, receiver, done);
      }
    }
  }

  /** How often each message is taken away. */
  private Map<String, Integer> deletions() throws IOException {
    Map<String, Integer> deletions = new HashMap<>();
    List<String> ofDeletions = new ArrayList<>(List.of(LOG));
    ofDeletions.addAll(List.of("--", "d"));
    for (GitRepository epoch : epochs) {
      epoch.each(
          "read " + epoch.folder(),
          line -> {
            Matcher change = CHANGE.matcher(line);
            if (change.matches()) {
              deletions.merge(change.group(1), 1, Integer::sum);
            }
          },
          ofDeletions.toArray(String[]::new));
    }
    return deletions;
  }

  private void readEpoch(
      GitRepository epoch,
      GitBlobs blobs,
      Map<String, Integer> deletions,
      Receiver receiver,
      long[] done)
      throws IOException {
    String name = MboxSource.name(epoch.folder());
    String[] commit = {"", "0"};
    epoch.each(
        "read " + epoch.folder(),
        line -> {
          Matcher begin = COMMIT.matcher(line);
          if (begin.matches()) {
            commit[0] = begin.group(1);
            commit[1] = begin.group(2);
            receiver.progress(++done[0]);
            return;
          }
          Matcher change = CHANGE.matcher(line);
          if (!change.matches()) {
            return;
          }
          String blob = change.group(1);
          if (change.group(2).equals("d")) {
            deletions.merge(blob, -1, Integer::sum);
          } else if (deletions.getOrDefault(blob, 0) <= 0) {
            give(
                blobs.get(blob),
                name + ", commit " + commit[0].substring(0, 12),
                Instant.ofEpochSecond(Long.parseLong(commit[1])),
                receiver);
          }
        },
        LOG);
  }

  private void readFiles(Receiver receiver) throws IOException {
    GitRepository repository = epochs.getFirst();
    long[] done = {0};
    try (GitBlobs blobs = new GitBlobs(repository)) {
      repository.each(
          "read " + folder,
          line -> {
            Matcher file = FILE.matcher(line);
            if (file.matches()) {
              give(
                  blobs.get(file.group(1)), line.substring(line.indexOf('\t') + 1), null, receiver);
              receiver.progress(++done[0]);
            }
          },
          "ls-tree",
          "-r",
          "HEAD");
    }
  }

  private void give(GitBlobs.Blob blob, String place, @Nullable Instant at, Receiver receiver) {
    switch (blob) {
      case GitBlobs.Blob.TooLarge(var size) ->
          receiver.odd(SourceOdd.TOO_LARGE, place, "%,d octets".formatted(size));
      case GitBlobs.Blob.Missing() ->
          receiver.odd(SourceOdd.MISSING, place, "git has no such object");
      case GitBlobs.Blob.Content(var raw) -> {
        SourcePost post = new SourcePost(place, raw, at);
        receiver.post(url(raw).map(url -> post.withUrls(List.of(url))).orElse(post));
      }
    }
  }

  private Optional<String> url(RawMessage raw) {
    String path = base;
    return path == null
        ? Optional.empty()
        : HeaderBlock.of(raw)
            .first("Message-ID")
            .flatMap(field -> MessageId.parse(field.value()))
            .map(id -> path + "/" + escaped(id.value()) + "/")
            .filter(url -> url.length() <= 1000);
  }

  static String escaped(String messageId) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : messageId.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (PLAIN.indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append("%%%02X".formatted((int) c));
      }
    }
    return escaped.toString();
  }
}
