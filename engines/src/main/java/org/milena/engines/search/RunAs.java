package org.milena.engines.search;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.engines.EngineStartException;

/**
 * The user the server runs as: we ourselves, or, when we are root, a user id that owns nothing
 * else, because the server refuses to run as root.
 */
sealed interface RunAs {

  /** No account has this number on common systems; it needs none. */
  int SERVER_UID = 19_200;

  static RunAs chosen() {
    return new UnixSystem().getUid() == 0 ? new Other(SERVER_UID) : new Myself();
  }

  /** The command that runs another one as this user, and dies with the thread that started it. */
  List<String> command(List<String> server);

  /** Makes the server the owner of a folder and all that is in it. */
  void own(Path folder) throws IOException;

  /** The folder that keeps this user from a path, if there is one. */
  Optional<Path> closed(Path path) throws IOException;

  /** Nothing to change. */
  record Myself() implements RunAs {

    @Override
    public List<String> command(List<String> server) {
      return Setpriv.find().map(setpriv -> setpriv.before(List.of(), server)).orElse(server);
    }

    @Override
    public void own(Path folder) {}

    @Override
    public Optional<Path> closed(Path path) {
      return Optional.empty();
    }
  }

  /** We are root, the server is not. */
  record Other(int uid) implements RunAs {

    @Override
    public List<String> command(List<String> server) {
      String id = Integer.toString(uid);
      return Setpriv.find()
          .orElseThrow(() ->
              new EngineStartException(
                  "Elasticsearch refuses to run as root, and the program setpriv (of"
                      + " util-linux), which would start it as another user, is missing: start"
                      + " Milena as an ordinary user, or install util-linux."))
          .before(List.of("--reuid", id, "--regid", id, "--clear-groups"), server);
    }

    @Override
    public void own(Path folder) throws IOException {
      Folders.own(folder, uid);
    }

    @Override
    public Optional<Path> closed(Path path) throws IOException {
      return Folders.closed(path, uid);
    }
  }

  /**
   * The program that changes the user and asks the kernel to kill the server when we die. Systems
   * without it (macOS, Alpine) lose the second: there the next start stops what was left behind.
   */
  record Setpriv(Path program) {

    static Optional<Setpriv> find() {
      for (String folder : List.of("/usr/bin", "/bin", "/usr/sbin")) {
        Path program = Path.of(folder, "setpriv");
        // The setpriv of BusyBox is a link, and knows neither option.
        if (Files.isExecutable(program) && !Files.isSymbolicLink(program)) {
          return Optional.of(new Setpriv(program));
        }
      }
      return Optional.empty();
    }

    List<String> before(List<String> options, List<String> server) {
      List<String> command = new ArrayList<>();
      // in a session of its own: Ctrl-C at our terminal is for us, and we stop the server last
      Path session = program.resolveSibling("setsid");
      if (Files.isExecutable(session)) {
        command.add(session.toString());
      }
      command.add(program.toString());
      command.addAll(options);
      command.addAll(List.of("--pdeathsig", "KILL", "--"));
      command.addAll(server);
      return command;
    }
  }
}
