package org.milena.engines.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.milena.engines.EngineStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's program files: unpacked once, with its plugins, and used by every start after that.
 *
 * <p>They are unpacked beside their place and then moved there in one step, so that a kill leaves
 * no half server. The folder's name tells what is in it: another version or plugin is another
 * folder.
 */
final class Distribution {

  private static final Logger LOG = LoggerFactory.getLogger(Distribution.class);
  private static final String PREFIX = "elasticsearch-";
  private static final String DRAFT_PREFIX = "unpacking-";
  private static final String DESCRIPTOR = "plugin-descriptor.properties";

  // The server runs under another user id when we are root, so all may read, whatever the umask.
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> PROGRAM = FOLDER;
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

  private final Path source;
  private final List<Path> plugins;

  Distribution(Path source, List<Path> plugins) {
    this.source = source.toAbsolutePath().normalize();
    this.plugins = plugins;
  }

  /**
   * The home folder of a server that is ready to run, unpacked below {@code runtime} if need be.
   */
  Path home(Path runtime) {
    if (!Files.exists(source)) {
      throw new EngineStartException("The Elasticsearch distribution " + source + " is missing.");
    }
    try {
      Path home = Files.isDirectory(source) ? source : unpacked(runtime);
      if (!Files.isRegularFile(home.resolve("bin/elasticsearch"))) {
        throw new EngineStartException(
            source + " is not an Elasticsearch distribution: bin/elasticsearch is not in it.");
      }
      if (home.equals(source)) {
        addPlugins(home);
      }
      return home;
    } catch (IOException e) {
      throw new EngineStartException(
          "The Elasticsearch distribution %s cannot be unpacked to %s: %s."
              .formatted(source, runtime, e),
          e);
    }
  }

  /** Removes what other versions and killed starts left in a runtime folder that is ours alone. */
  static void sweep(Path runtime, Path home) throws IOException {
    if (!Files.isDirectory(runtime)) {
      return;
    }
    try (var children = Files.newDirectoryStream(runtime)) {
      for (Path child : children) {
        String name = child.getFileName().toString();
        if (!child.equals(home) && (name.startsWith(PREFIX) || name.startsWith(DRAFT_PREFIX))) {
          Folders.delete(child);
        }
      }
    }
  }

  private Path unpacked(Path runtime) throws IOException {
    Path home = runtime.resolve(PREFIX + fingerprint());
    if (Files.isDirectory(home)) {
      return home;
    }
    LOG.info("Unpacking {} to {}", source, home);
    Folders.create(runtime, FOLDER);
    Path draft = Files.createTempDirectory(runtime, DRAFT_PREFIX);
    Files.setPosixFilePermissions(draft, FOLDER);
    unpack(source, draft, 1);
    addPlugins(draft);
    try {
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      // Another process was faster; its copy is as good.
      Folders.delete(draft);
    }
    return home;
  }

  private void addPlugins(Path home) throws IOException {
    Folders.create(home.resolve("plugins"), FOLDER);
    for (Path zip : plugins) {
      Properties descriptor = descriptor(zip);
      Path folder = home.resolve("plugins").resolve(descriptor.getProperty("name"));
      Path installed = folder.resolve(DESCRIPTOR);
      if (Files.exists(installed) && descriptor.equals(read(Files.newInputStream(installed)))) {
        continue;
      }
      Folders.delete(folder);
      Folders.create(folder, FOLDER);
      unpack(zip, folder, 0);
    }
  }

  private static Properties descriptor(Path zip) throws IOException {
    if (!Files.exists(zip)) {
      throw new EngineStartException("The Elasticsearch plugin " + zip + " is missing.");
    }
    try (ZipFile file = new ZipFile(zip.toFile())) {
      ZipEntry entry = file.getEntry(DESCRIPTOR);
      Properties descriptor = entry == null ? new Properties() : read(file.getInputStream(entry));
      if (!descriptor.getProperty("name", "").matches("[\\w-]+")) {
        throw new EngineStartException(
            zip + " is not an Elasticsearch plugin: there is no " + DESCRIPTOR + " with a name.");
      }
      return descriptor;
    }
  }

  private static Properties read(InputStream from) throws IOException {
    try (from) {
      Properties properties = new Properties();
      properties.load(from);
      return properties;
    }
  }

  /**
   * Unpacks a zip without the first {@code strip} folders of each name. {@code java.util.zip} does
   * not tell which files are programs; they are those in {@code bin}.
   */
  private static void unpack(Path zip, Path target, int strip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path name = Path.of(entry.getName());
        if (name.getNameCount() <= strip) {
          continue;
        }
        Path path = target.resolve(name.subpath(strip, name.getNameCount())).normalize();
        if (!path.startsWith(target)) {
          throw new EngineStartException(
              zip + " has a file that would lie outside its folder: " + entry.getName() + ".");
        }
        if (entry.isDirectory()) {
          Folders.create(path, FOLDER);
        } else {
          Path parent = Objects.requireNonNull(path.getParent());
          Folders.create(parent, FOLDER);
          try (InputStream content = file.getInputStream(entry)) {
            Files.copy(content, path);
          }
          Files.setPosixFilePermissions(path, parent.endsWith("bin") ? PROGRAM : FILE);
        }
      }
    }
  }

  /** The zip by name, size and time, since it is a hundred megabytes; the plugins by content. */
  private String fingerprint() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String zip =
          source.getFileName() + " " + Files.size(source) + " " + Files.getLastModifiedTime(source);
      digest.update(zip.getBytes(StandardCharsets.UTF_8));
      for (Path plugin : plugins) {
        descriptor(plugin);
        digest.update(Files.readAllBytes(plugin));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
