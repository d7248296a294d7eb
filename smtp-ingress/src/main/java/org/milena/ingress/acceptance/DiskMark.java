package org.milena.ingress.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a disk that takes our mail runs low, before a mail comes that it could not take. */
public final class DiskMark {
  private static final Logger log = LoggerFactory.getLogger(DiskMark.class);

  // kept, because finding the store of a path reads the list of all mounts
  private final List<FileStore> stores;
  private final long mark;

  /**
   * @param folders each must be there
   * @param mark free bytes below which we take no more; 0 for never
   * @throws UncheckedIOException when a folder can't be read
   */
  public DiskMark(List<Path> folders, long mark) {
    this.mark = mark;
    try {
      var found = new ArrayList<FileStore>();
      for (Path folder : folders) {
        found.add(Files.getFileStore(folder));
      }
      this.stores = List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether one of the folders is on a disk with less room than the mark. */
  public boolean isLow() {
    if (mark == 0) {
      return false;
    }
    for (FileStore store : stores) {
      try {
        if (store.getUsableSpace() < mark) {
          return true;
        }
      } catch (IOException e) {
        log.warn("The free space of {} is unknown: {}", store, e.toString());
        return true;
      }
    }
    return false;
  }
}
