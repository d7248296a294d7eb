package org.milena.engines.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Folders with exact permissions, whatever the umask, and whole trees of them. */
final class Folders {

  private static final int OWNER_ENTERS = 0100;
  private static final int GROUP_ENTERS = 0010;
  private static final int OTHERS_ENTER = 0001;

  private Folders() {}

  /** Makes the folder and its missing parents, all of them with these permissions. */
  static void create(Path folder, Set<PosixFilePermission> permissions) throws IOException {
    @Nullable Path parent = folder.getParent();
    if (Files.isDirectory(folder)) {
      return;
    }
    if (parent != null) {
      create(parent, permissions);
    }
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, permissions);
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Gives the folder and all in it to a user. */
  static void own(Path folder, int uid) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        if (!Integer.valueOf(uid).equals(attribute(path, "unix:uid"))) {
          Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
          Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The first folder on the way that a user, in the group of the same number, can't enter. */
  static Optional<Path> closed(Path path, int uid) throws IOException {
    Path real = realPath(path.toAbsolutePath().normalize());
    for (int names = 0; names <= real.getNameCount(); names++) {
      Path folder = names == 0 ? real.getRoot() : real.getRoot().resolve(real.subpath(0, names));
      if (Files.isDirectory(folder) && !enters(folder, uid)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static boolean enters(Path folder, int uid) throws IOException {
    int mode = (Integer) attribute(folder, "unix:mode");
    Integer user = uid;
    if (user.equals(attribute(folder, "unix:uid"))) {
      return (mode & OWNER_ENTERS) != 0;
    }
    if (user.equals(attribute(folder, "unix:gid"))) {
      return (mode & GROUP_ENTERS) != 0;
    }
    return (mode & OTHERS_ENTER) != 0;
  }

  /** The real path of what exists of it, so that links are followed to the folders that count. */
  private static Path realPath(Path path) throws IOException {
    @Nullable Path parent = path.getParent();
    if (Files.exists(path) || parent == null) {
      return path.toRealPath();
    }
    return realPath(parent).resolve(path.getFileName());
  }

  private static Object attribute(Path path, String name) throws IOException {
    return Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
  }
}
