package org.milena.standalone.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.RawMessage;

/**
 * A file for each message: a maildir ({@code cur} and {@code new}; also that of Mailman 3's
 * archiver {@code prototype}), or a folder of {@code .eml} files or of files that are numbered, as
 * MH has them. Names are sorted, so a million of them takes some hundred megabytes.
 */
public final class FolderSource implements PostSource {
  private static final Pattern DELIVERED = Pattern.compile("(\\d{9,10})\\.[^/]*");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final Path folder;
  private final boolean maildir;

  /** Of this folder. */
  public FolderSource(Path folder) {
    this.folder = folder;
    this.maildir =
        Files.isDirectory(folder.resolve("cur")) || Files.isDirectory(folder.resolve("new"));
  }

  @Override
  public String name() {
    return (maildir ? "maildir " : "folder ") + MboxSource.name(folder.toAbsolutePath());
  }

  @Override
  public long size() throws IOException {
    return files().size();
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UnfitSourceException(
          Files.exists(folder)
              ? folder + " is a file; for an mbox use milena import mbox."
              : "There is no folder %s.".formatted(folder));
    }
    List<Path> files = new ArrayList<>();
    if (maildir) {
      list(folder.resolve("cur"), 1, _ -> true, files);
      list(folder.resolve("new"), 1, _ -> true, files);
    } else {
      list(folder, Integer.MAX_VALUE, FolderSource::isMessage, files);
    }
    if (files.isEmpty()) {
      throw new UnfitSourceException(
          "There is no message in %s: it is no maildir (cur, new), and has no file .eml."
              .formatted(folder));
    }
    files.sort(Comparator.<Path, String>comparing(MboxSource::name).thenComparing(Path::toString));
    return files;
  }

  private static void list(Path folder, int depth, Predicate<String> wanted, List<Path> files)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.find(folder, depth, (_, facts) -> facts.isRegularFile())) {
      all.filter(
              file -> {
                String name = MboxSource.name(file);
                return !name.startsWith(".") && wanted.test(name);
              })
          .forEach(files::add);
    }
  }

  private static boolean isMessage(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".eml") || NUMBER.matcher(name).matches();
  }

  @Override
  public void read(Receiver receiver) throws IOException {
    long done = 0;
    for (Path file : files()) {
      String place = folder.relativize(file).toString();
      long size = Files.size(file);
      if (size > MAX_MESSAGE) {
        receiver.odd(SourceOdd.TOO_LARGE, place, "%,d octets".formatted(size));
      } else {
        receiver.post(
            new SourcePost(place, RawMessage.wrap(Files.readAllBytes(file)), delivered(file)));
      }
      receiver.progress(++done);
    }
  }

  /** Names in a maildir begin with the second of their delivery. */
  private @Nullable Instant delivered(Path file) {
    Matcher name = DELIVERED.matcher(MboxSource.name(file));
    return maildir && name.matches() ? Instant.ofEpochSecond(Long.parseLong(name.group(1))) : null;
  }
}
