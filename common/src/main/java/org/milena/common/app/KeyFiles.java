package org.milena.common.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.milena.common.failure.UnfitException;
import org.milena.common.token.Keyring;

/**
 * The keys that tokens are signed with: files {@code a.key}, {@code b.key}, … with 32 or more bytes
 * in Base64. The last one in the alphabet signs; older ones stay for what was signed with them. A
 * site without any gets its first one; instances that start together get the same.
 */
final class KeyFiles {
  private static final int KEY_LENGTH = 32;
  private static final String SUFFIX = ".key";

  static Keyring load(Path folder, SecureRandom random) {
    try {
      Files.createDirectories(folder);
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
      }
      if (files.isEmpty()) {
        files = List.of(create(folder.resolve("a" + SUFFIX), random));
      }
      Map<Character, byte[]> keys = new LinkedHashMap<>();
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        keys.put(name.charAt(0), Base64.getMimeDecoder().decode(Files.readString(file).strip()));
      }
      return new Keyring(keys);
    } catch (IOException e) {
      throw new UnfitException("The signing keys in " + folder + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new UnfitException(
          "The signing keys in " + folder + " are not usable: " + e.getMessage(), e);
    }
  }

  private static Path create(Path file, SecureRandom random) throws IOException {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    Path fresh =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "key",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(fresh, Base64.getEncoder().encodeToString(key) + "\n");
      Files.createLink(file, fresh); // not move: that may replace a key which is in use already
    } catch (FileAlreadyExistsException _) {
      // another instance was faster: its key is the site's
    } finally {
      Files.delete(fresh);
    }
    return file;
  }

  private KeyFiles() {}
}
