package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.scan.SampleMail.attachment;
import static org.milena.scanner.scan.SampleMail.base64;
import static org.milena.scanner.scan.SampleMail.bytes;
import static org.milena.scanner.scan.SampleMail.zip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.poi.hpsf.ClassID;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.ScanReport.Objection;
import org.milena.scanner.builtin.document.EncryptedPdfs;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;

/** Documents with macros or passwords, and files that are not what they say. */
class DocumentsTest {

  private static final String CONTENT_TYPES = "[Content_Types].xml";

  private final BuiltinEngine engine =
      new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @Test
  void seesMacrosInOldDocuments() throws Exception {
    assertObjects(Objection.MACRO, "a.doc", ole2("Macros/VBA/_VBA_PROJECT", new byte[5000]));
    assertObjects(Objection.MACRO, "a.xls", ole2("_VBA_PROJECT_CUR/VBA/dir", new byte[10]));
    assertClean("a.doc", ole2("WordDocument", new byte[9000]));
  }

  @Test
  void seesPasswordsOfOldDocuments() throws Exception {
    byte[] word = new byte[6000];
    little(word).putShort(0, (short) 0xA5EC).putShort(2, (short) 0xC1).putShort(10, (short) 0x100);
    assertObjects(Objection.ENCRYPTED, "a.doc", ole2("WordDocument", word));
    little(word).putShort(10, (short) 0x200);
    assertClean("a.doc", ole2("WordDocument", word));

    byte[] excel = new byte[6000];
    little(excel).putShort(0, (short) 0x809).putShort(2, (short) 16).putShort(20, (short) 0x2F);
    assertObjects(Objection.ENCRYPTED, "a.xls", ole2("Workbook", excel));
    little(excel).putShort(20, (short) 0xE1);
    assertClean("a.xls", ole2("Workbook", excel));
  }

  @Test
  void seesPasswordsOfNewDocuments() throws Exception {
    assertObjects(Objection.ENCRYPTED, "a.docx", ole2("EncryptedPackage", new byte[7000]));
    assertObjects(
        Objection.ENCRYPTED,
        "a.odt",
        zip(
            files(
                "mimetype",
                "application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml",
                "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")));
  }

  @Test
  void seesMacrosInNewDocuments() throws Exception {
    String plain = "<Types><Default Extension=\"xml\"/></Types>";
    assertObjects(
        Objection.MACRO, "a.docx", zip(files(CONTENT_TYPES, plain, "word/vbaProject.bin", "x")));
    assertObjects(
        Objection.MACRO,
        "a.xlsx",
        zip(files(CONTENT_TYPES, plain, "xl/macrosheets/sheet1.xml", "x")));
    assertObjects(
        Objection.MACRO,
        "a.docx",
        zip(files(CONTENT_TYPES, "application/vnd.ms-word.document.macroEnabled.main+xml")));
    byte[] wide = "application/vnd.ms-office.vbaProject".getBytes(StandardCharsets.UTF_16LE);
    assertObjects(Objection.MACRO, "a.docx", zip(Map.of(CONTENT_TYPES, wide)));
    assertObjects(
        Objection.MACRO, "a.docx", zip(Map.of("word/harmless.bin", ole2("VBA/dir", new byte[10]))));
    assertClean("a.docx", zip(files(CONTENT_TYPES, plain, "word/document.xml", "macroEnabled")));
  }

  @Test
  void seesMacrosInOpenDocuments() throws Exception {
    String type = "application/vnd.oasis.opendocument.text";
    assertObjects(
        Objection.MACRO, "a.odt", zip(files("mimetype", type, "Basic/Standard/Module1.xml", "x")));
    assertObjects(
        Objection.MACRO, "a.odt", zip(files("mimetype", type, "Scripts/python/run.py", "x")));
    assertClean("a.odt", zip(files("mimetype", type, "Basic/Standard/script-lb.xml", "x")));
    assertClean("a.zip", zip(files("readme", type, "Scripts/run.py", "x")));
  }

  @Test
  void seesWhatAPdfDoes() throws Exception {
    assertObjects(
        Objection.ENCRYPTED, "a.pdf", pdf("trailer\n<</Size 9/Root 1 0 R/Encrypt 8 0 R>>"));
    assertObjects(Objection.ENCRYPTED, "a.pdf", pdf("<</Type/XRef/Encrypt<</V 4>>>>"));
    assertObjects(Objection.MACRO, "a.pdf", pdf("<</Type/Action/S/Launch/F(cmd)>>"));
    assertObjects(Objection.MACRO, "a.pdf", pdf("<</S/L#61unch/Win<</F(cmd)>>>>"));
    assertObjects(
        Objection.ATTACHMENT,
        "a.pdf",
        pdf("<</Type/Filespec/F(setup.exe)/EF<</F 5 0 R>>>> <</Type/EmbeddedFile>>"));
    assertObjects(Objection.MACRO, "a.pdf", bytes("junk before\n%PDF-1.4\n<</S /Launch /F (x)>>"));
  }

  @Test
  void letsPdfsPassThatNeedNoPassword() throws Exception {
    assertClean("a.pdf", EncryptedPdfs.named("r3-packed-open"));
    assertClean("a.zip", zip("paper.pdf", EncryptedPdfs.named("r6-plain-open")));
    assertObjects(Objection.ENCRYPTED, "a.pdf", EncryptedPdfs.named("r3-packed-closed"));
    assertObjects(
        Objection.ENCRYPTED, "a.zip", zip("paper.pdf", EncryptedPdfs.named("r6-plain-closed")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
        "<</Type/Filespec/F(data.csv)/EF<</F 5 0 R>>>> <</Type/EmbeddedFile>>",
        "(how to use /Encrypt and friends)",
        "<</S/URI/URI(http://example.org/)/F(readme.exe)>>",
        "/Launcher /Encryption 5"
      })
  void letsOrdinaryPdfsPass(String objects) throws Exception {
    assertClean("a.pdf", pdf(objects));
  }

  @Test
  void doesNotTakeATextAboutPdfForOne() throws NotScannedException {
    assertThat(
            engine.scan(
                Specimen.probe(
                    attachment("a.txt", "7bit", "begin with %PDF-1.4, then\r\n/S /Launch\r\n"))))
        .isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void seesProgramsWhateverTheySayTheyAre() throws Exception {
    byte[] program = program();
    assertObjects(Objection.ATTACHMENT, "holiday.png", program);
    assertObjects(Objection.ATTACHMENT, "data", program);
    assertThat(scan("holiday.png", program).detail())
        .isEqualTo("says .png, is a Windows program: holiday.png");
    assertThat(
            engine
                .scan(Specimen.probe(attachment("image/png", "", "base64", base64(program))))
                .detail())
        .isEqualTo("says image/png, is a Windows program: without a name");
    assertObjects(Objection.ATTACHMENT, "a.zip", zip("scan.pdf", program));
    assertClean("a.zip", zip("bin/tool", program));
    byte[] elf = Arrays.copyOf(bytes("\u007fELF\u0002\u0001\u0001"), 100);
    assertObjects(Objection.ATTACHMENT, "scan.pdf", elf);
    assertClean("vmlinux", elf);
  }

  @Test
  void seesOtherTypesThatRunOrMount() throws Exception {
    byte[] link = new byte[76];
    little(link).putInt(0, 0x4c).putInt(4, 0x21401).putLong(12, 0x46000000000000C0L);
    assertObjects(Objection.ATTACHMENT, "notes.txt", link);
    assertObjects(Objection.ATTACHMENT, "a.zip", zip("notes", link));
    byte[] disc = new byte[40_000];
    System.arraycopy(bytes("\u0001CD001"), 0, disc, 32768, 6);
    assertObjects(Objection.ATTACHMENT, "data.bin", disc);
    assertObjects(Objection.ATTACHMENT, "d", Arrays.copyOf(bytes("vhdxfile"), 64));
    assertObjects(Objection.ATTACHMENT, "d", Arrays.copyOf(bytes("conectix"), 64));
    assertObjects(Objection.ATTACHMENT, "d", Arrays.copyOf(bytes("ITSF\u0003"), 64));
    byte[] note = new byte[64];
    little(note).putLong(0, 0x4DA7D88C7B5C52E4L);
    assertObjects(Objection.ATTACHMENT, "d", note);
    byte[] installer;
    try (var files = new POIFSFileSystem()) {
      files.getRoot().setStorageClsid(new ClassID("{000C1084-0000-0000-C000-000000000046}"));
      installer = written(files);
    }
    assertObjects(Objection.ATTACHMENT, "letter.doc", installer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoice.pdf.js",
        "scan.jpg                         .bat",
        "photo\u202egpj.txt",
        "notes.{3050F4D8-98B5-11CF-BB82-00AA00BDCE0B}"
      })
  void seesTricksInTheNamesOfArchivedFiles(String name) throws Exception {
    byte[] archive = zip(Map.of("a.txt", bytes("x"), name, bytes("x")));
    assertObjects(Objection.ATTACHMENT, "a.zip", archive);
  }

  @Test
  void keepsTheGravestObjectionAndNamesTheOthers() throws Exception {
    byte[] both =
        zip(
            Map.of(
                "a.doc", ole2("VBA/dir", new byte[10]),
                "b.doc", ole2("EncryptedPackage", new byte[10]),
                "c.scr", bytes("x")));
    EngineVerdict verdict = scan("a.zip", both);
    assertThat(verdict)
        .isInstanceOfSatisfying(
            EngineVerdict.Policy.class,
            policy -> assertThat(policy.objection()).isEqualTo(Objection.ATTACHMENT));
    assertThat(verdict.detail())
        .isEqualTo(
            "archived file of type .scr: c.scr; also: encrypted document: b.doc; "
                + "also: document with macros: a.doc");
  }

  @Test
  void leavesPrivateMailAlone() throws NotScannedException {
    assertThat(
            engine.scan(
                Specimen.probe(
                    attachment(
                        "application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"",
                        "",
                        "base64",
                        base64(new byte[300])))))
        .isEqualTo(new EngineVerdict.Clean());
    assertThat(
            engine.scan(
                Specimen.probe(
                    attachment("a.asc", "7bit", "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n"))))
        .isEqualTo(new EngineVerdict.Clean());
  }

  static byte[] program() {
    byte[] program = new byte[512];
    little(program).putShort(0, (short) 0x5A4D).putInt(60, 128).putInt(128, 0x4550);
    return program;
  }

  /** With one stream at this path. */
  static byte[] ole2(String path, byte[] content) throws IOException {
    try (var files = new POIFSFileSystem()) {
      var folder = files.getRoot();
      String[] names = path.split("/");
      for (int i = 0; i < names.length - 1; i++) {
        folder = (org.apache.poi.poifs.filesystem.DirectoryNode) folder.createDirectory(names[i]);
      }
      folder.createDocument(names[names.length - 1], new ByteArrayInputStream(content));
      return written(files);
    }
  }

  private static byte[] written(POIFSFileSystem files) throws IOException {
    var out = new ByteArrayOutputStream();
    files.writeFilesystem(out);
    return out.toByteArray();
  }

  static byte[] pdf(String objects) {
    return bytes("%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n" + objects + "\nendobj\n%%EOF\n");
  }

  private static Map<String, byte[]> files(String... namesAndContents) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      files.put(namesAndContents[i], bytes(namesAndContents[i + 1]));
    }
    return files;
  }

  private static ByteBuffer little(byte[] octets) {
    return ByteBuffer.wrap(octets).order(java.nio.ByteOrder.LITTLE_ENDIAN);
  }

  private void assertObjects(Objection objection, String name, byte[] file)
      throws NotScannedException {
    assertThat(scan(name, file))
        .as(name)
        .isInstanceOfSatisfying(
            EngineVerdict.Policy.class,
            policy -> assertThat(policy.objection()).isEqualTo(objection));
  }

  private void assertClean(String name, byte[] file) throws NotScannedException {
    assertThat(scan(name, file)).as(name).isEqualTo(new EngineVerdict.Clean());
  }

  private EngineVerdict scan(String name, byte[] file) throws NotScannedException {
    return engine.scan(Specimen.probe(attachment(name, "base64", base64(file))));
  }
}
