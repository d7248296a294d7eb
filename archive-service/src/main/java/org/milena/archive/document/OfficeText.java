package org.milena.archive.document;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The text of Office Open XML (ECMA-376) and OpenDocument files: of the parts of the ZIP that hold
 * what people read, in their order there. XML is streamed, without DTDs and entities from outside.
 */
final class OfficeText {
  private static final Pattern PARTS =
      Pattern.compile(
          "word/(?:document|header\\d*|footer\\d*|footnotes|endnotes|comments)\\.xml"
              + "|ppt/(?:slides|notesSlides|comments)/[^/]+\\.xml"
              + "|xl/(?:sharedStrings|comments\\d*|worksheets/[^/]+)\\.xml"
              + "|content\\.xml");

  /** In Office Open XML only these hold text. */
  private static final Set<String> TEXTS = Set.of("t", "v", "text");

  private static final Set<String> LINES =
      Set.of("p", "h", "si", "row", "br", "cr", "line-break", "table-row", "tr");
  private static final Set<String> CELLS = Set.of("tc", "c", "table-cell", "tab");
  private static final Set<String> UNSEEN =
      Set.of("tracked-changes", "phoneticPr", "rPh", "binary-data");

  /** All parts together, unpacked; those of a bomb have more. */
  private static final long MAX_UNPACKED = 256L << 20;

  private static final int MAX_PARTS = 20_000;

  private final BoundedText text;
  private long unpacked;

  private OfficeText(BoundedText text) {
    this.text = text;
  }

  static void read(byte[] content, BoundedText text) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      new OfficeText(text).parts(zip);
    }
  }

  private void parts(ZipInputStream zip) throws IOException {
    InputStream counted = new Counted(zip);
    int parts = 0;
    int read = 0;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (++parts > MAX_PARTS) {
        throw new IOException("it has more than " + MAX_PARTS + " parts");
      }
      if (PARTS.matcher(entry.getName()).matches()) {
        part(counted, entry.getName().equals("content.xml"));
        read++;
      }
      counted.transferTo(OutputStream.nullOutputStream()); // what is left of the part counts too
    }
    if (read == 0) {
      throw new IOException("it has no part with text");
    }
  }

  private void part(InputStream part, boolean open) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      events(factory.createXMLStreamReader(part), open);
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("its XML is broken", e);
    }
    text.line();
  }

  /**
   * @param open whether it is an OpenDocument, where everything in the body is text
   */
  private void events(XMLStreamReader xml, boolean open) throws XMLStreamException, IOException {
    int unseen = 0;
    int seen = 0;
    boolean index = false;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String name = xml.getLocalName();
          if (name.equals("c")) {
            // a cell that holds the number of a shared string, which is read where it stands
            index = "s".equals(xml.getAttributeValue(null, "t"));
          }
          unseen += unseen > 0 || UNSEEN.contains(name) ? 1 : 0;
          boolean begins = open ? name.equals("body") : isText(name, index);
          seen += seen > 0 || begins ? 1 : 0;
          if (unseen == 0 && seen > 0 && name.equals("s")) {
            text.write(' ');
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          String name = xml.getLocalName();
          unseen -= unseen > 0 ? 1 : 0;
          seen -= seen > 0 ? 1 : 0;
          if (unseen == 0 && LINES.contains(name)) {
            text.line();
          } else if (unseen == 0 && CELLS.contains(name)) {
            text.write('\t');
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (seen > 0 && unseen == 0) {
            text.write(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          }
        }
        default -> {
          // comments and instructions are for programs
        }
      }
    }
  }

  private static boolean isText(String name, boolean index) {
    return TEXTS.contains(name) && !(index && name.equals("v"));
  }

  /** Counts what is unpacked, and does not close: the next part is in the same stream. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = super.read(buffer, from, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) throws IOException {
      unpacked += read;
      if (unpacked > MAX_UNPACKED) {
        throw new IOException("it unpacks to more than " + (MAX_UNPACKED >> 20) + " MiB");
      }
    }

    @Override
    public void close() {
      // the ZIP is closed by who opened it
    }
  }
}
