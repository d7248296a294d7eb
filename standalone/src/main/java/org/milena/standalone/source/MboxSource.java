package org.milena.standalone.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One mbox or several, plain or gzip. */
public final class MboxSource implements PostSource {
  private final List<Path> files;
  private final Quoting quoting;
  private final @Nullable PipermailPages pages;

  /**
   * @param pages of the same list, so that old URLs lead on; null for none
   */
  public MboxSource(List<Path> files, Quoting quoting, @Nullable PipermailPages pages) {
    this.files = List.copyOf(files);
    this.quoting = quoting;
    this.pages = pages;
  }

  @Override
  public String name() {
    return "mbox "
        + files.stream().map(MboxSource::name).limit(3).collect(Collectors.joining(", "))
        + (files.size() > 3 ? " and %,d more".formatted(files.size() - 3) : "");
  }

  static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  @Override
  public long size() throws IOException {
    long size = 0;
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        throw new UnfitSourceException(
            "%s is a folder; name the mbox files in it, or use milena import maildir."
                .formatted(file));
      }
      if (!Files.exists(file)) {
        throw new UnfitSourceException("There is no file %s.".formatted(file));
      }
      size += Files.size(file);
    }
    return size;
  }

  @Override
  public void read(Receiver receiver) throws IOException {
    Receiver to = pages == null ? receiver : pages.naming(receiver);
    long before = 0;
    for (Path file : files) {
      long offset = before;
      try (InputStream in = Unpacked.open(file, count -> receiver.progress(offset + count))) {
        long count = new MboxReader(in, quoting, name(file), to).read();
        if (count == 0) {
          throw new UnfitSourceException(file + " has no message.");
        }
      }
      before += Files.size(file);
    }
    if (pages != null) {
      pages.tellUnused(receiver);
    }
  }
}
