package io.linli.groupbuy.sheets.imports;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.linli.kit.web.Problem;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dhatim.fastexcel.reader.CellAddress;
import org.springframework.http.HttpStatus;

/// Refuses what would cost fastexcel far more than the few bytes it takes to write: huge numbers, and cells far to the
/// right. Asks the parser that fastexcel asks, so the two never disagree, and keeps no text. *Errors:* 422
/// `import-unreadable`.
final class CheckCells {
    /// Empty cells beside the table are common; more of them than this are no accident.
    private static final int COLUMNS_MAX = 1_000;
    /// Of a number and its tag.
    private static final int NUMBER_MAX = 40 + "<v>".length();

    private static final XMLInputFactory PARSERS = parsers();

    private final XMLStreamReader reader;
    private boolean inTable;
    private boolean inCell;
    private boolean isNumber;
    private int cells;
    private int valueFrom = -1;

    private CheckCells(XMLStreamReader reader) {
        this.reader = reader;
    }

    /// Any part of the file may be its first tab, whatever its name. What cannot be parsed is passed over: fastexcel
    /// gets no further in it.
    static void handle(InputStream part) {
        try {
            var reader = PARSERS.createXMLStreamReader(part);
            var checking = new CheckCells(reader);
            while (reader.hasNext()) {
                checking.read(reader.next());
            }
        } catch (XMLStreamException noTab) {
            return;
        }
    }

    private void read(int event) {
        if (event == XMLStreamConstants.START_ELEMENT) {
            start(reader.getLocalName());
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            end(reader.getLocalName());
        }
    }

    private void start(String name) {
        inTable |= name.equals("sheetData");
        require(valueFrom < 0);
        if (inTable && name.equals("c")) {
            startCell();
        } else if (inCell && isNumber && name.equals("v")) {
            valueFrom = offset();
        }
    }

    private void startCell() {
        var type = reader.getAttributeValue(null, "t");
        var address = reader.getAttributeValue(null, "r");
        var column = address == null ? cells : new CellAddress(address).getColumn();
        cells++;
        require(!inCell && cells <= COLUMNS_MAX && column < COLUMNS_MAX);
        inCell = true;
        isNumber = type == null || type.equals("n");
    }

    private void end(String name) {
        if (valueFrom >= 0) {
            require(offset() - valueFrom <= NUMBER_MAX);
            valueFrom = -1;
        } else if (name.equals("c")) {
            inCell = false;
        } else if (name.equals("row")) {
            cells = 0;
        }
    }

    private int offset() {
        return reader.getLocation().getCharacterOffset();
    }

    private static void require(boolean usual) {
        if (!usual) {
            throw Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "import-unreadable");
        }
    }

    private static XMLInputFactory parsers() {
        var parsers = new InputFactoryImpl();
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return parsers;
    }
}
