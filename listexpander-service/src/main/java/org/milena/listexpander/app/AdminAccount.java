package org.milena.listexpander.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.milena.common.command.AccountChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.Commands;
import org.milena.common.command.ListCommand;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnfitException;
import org.milena.common.web.SignIn;
import org.milena.listexpander.account.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes the account {@code admin} when the site starts for the first time: with the password that
 * was set, or with one that is made and written to a file that only its owner reads.
 */
final class AdminAccount implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(AdminAccount.class);
  static final String NAME = "admin";
  static final String FILE = "admin-password";
  private static final int TRIES = 4;

  private final Directory directory;
  private final Commands commands;
  private final SignIn signIn;
  private final Credentials credentials;
  private final InstantSource clock;
  private final Path folder;
  private final Optional<String> password;
  private volatile boolean running;

  AdminAccount(
      Directory directory,
      Commands commands,
      SignIn signIn,
      Credentials credentials,
      InstantSource clock,
      Path folder,
      Optional<String> password) {
    this.directory = directory;
    this.commands = commands;
    this.signIn = signIn;
    this.credentials = credentials;
    this.clock = clock;
    this.folder = folder;
    this.password = password;
  }

  /** After the stages, before the web server: whoever reaches us can sign in. */
  @Override
  public int getPhase() {
    return 10_000;
  }

  @Override
  public void start() {
    if (directory.account(NAME).isEmpty()) {
      make();
    }
    running = true;
  }

  private void make() {
    String secret = password.orElseGet(this::fromFile);
    Account admin =
        new Account(
            NAME,
            null,
            Objects.requireNonNull(signIn.hash(secret)),
            List.of(),
            List.of(),
            true,
            clock.instant());
    switch (send(admin)) {
      case CommandOutcome.Done _ ->
          log.info(
              "made the account {}, its password is {}",
              NAME,
              password.isPresent() ? "the one that was set" : "in " + folder.resolve(FILE));
      case CommandOutcome.Refused(var code, var text, _) ->
          log.info("did not make the account {} ({}): {}", NAME, code, text);
      case CommandOutcome.NotFound(var text, _) ->
          log.info("did not make the account {}: {}", NAME, text);
    }
  }

  /** Whoever owns the account's partition may be starting, too. */
  private CommandOutcome send(Account admin) {
    ListCommand put = new AccountChange.PutAccount(admin, null);
    for (int tries = 1; ; tries++) {
      try {
        return commands.sendForAccount(NAME, put, "system", "start");
      } catch (OutageException e) {
        if (tries == TRIES) {
          throw e;
        }
        log.warn("the account {} is not made yet: {}", NAME, e.getMessage());
      }
    }
  }

  /** One that is there already was made by a start that came no further. */
  private String fromFile() {
    Path file = folder.resolve(FILE);
    String made = credentials.password();
    try {
      Files.createDirectories(folder);
      FileAttribute<?>[] ownerOnly =
          file.getFileSystem().supportedFileAttributeViews().contains("posix")
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
              }
              : new FileAttribute<?>[0];
      Files.createFile(file, ownerOnly);
      Files.writeString(file, made + "\n", StandardCharsets.UTF_8);
      return made;
    } catch (FileAlreadyExistsException e) {
      return existing(file);
    } catch (IOException e) {
      throw new UnfitException(
          "There is no account yet, MILENA_ADMIN_PASSWORD is not set, and a password cannot be"
              + " written to "
              + file
              + " ("
              + e.getMessage()
              + "): nobody could sign in.",
          e);
    }
  }

  private static String existing(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw new UnfitException(file + " is empty; remove it, and a password is made anew.");
      }
      return text;
    } catch (IOException e) {
      throw new UnfitException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
