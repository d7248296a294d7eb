package org.milena.planted.socket.route;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.NullMarked;

@NullMarked
class Dials {
  void close(Socket socket) throws IOException {
    socket.close();
  }
}
