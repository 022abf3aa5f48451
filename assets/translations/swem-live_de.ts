<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Actions</name>
    <message>
        <source>Everything is hidden until an object is tracked, and while one is lost.</source>
        <translation>Alles bleibt verborgen, bis ein Objekt verfolgt wird, und solange eines verloren ist.</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Overlay</translation>
    </message>
    <message>
        <source>Tint the objects in their colours</source>
        <translation>Objekte in ihren Farben einfärben</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Kontur</translation>
    </message>
    <message>
        <source>Draw only the edges of the objects</source>
        <translation>Nur die Ränder der Objekte zeichnen</translation>
    </message>
    <message>
        <source>Cut-out</source>
        <translation>Freigestellt</translation>
    </message>
    <message>
        <source>Only the objects; recordings and pictures are transparent around them</source>
        <translation>Nur die Objekte; Aufnahmen und Bilder sind um sie herum transparent</translation>
    </message>
    <message>
        <source>Blurred background</source>
        <translation>Hintergrund unscharf</translation>
    </message>
    <message>
        <source>The objects sharp before a blurred background</source>
        <translation>Objekte scharf vor unscharfem Hintergrund</translation>
    </message>
    <message>
        <source>Picture behind</source>
        <translation>Bild als Hintergrund</translation>
    </message>
    <message>
        <source>The objects before a picture of your own</source>
        <translation>Objekte vor einem eigenen Bild</translation>
    </message>
    <message>
        <source>Colour behind</source>
        <translation>Farbe als Hintergrund</translation>
    </message>
    <message>
        <source>The objects before one colour, a green screen for instance</source>
        <translation>Objekte vor einer Farbe, zum Beispiel für Greenscreen</translation>
    </message>
    <message>
        <source>Hide the objects</source>
        <translation>Objekte verbergen</translation>
    </message>
    <message>
        <source>Privacy: a mosaic over every tracked object, in recordings too</source>
        <translation>Datenschutz: Mosaik über jedem verfolgten Objekt, auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Hide all else</source>
        <translation>Alles andere verbergen</translation>
    </message>
    <message>
        <source>Privacy: a mosaic over everything but the objects, in recordings too</source>
        <translation>Datenschutz: Mosaik über allem außer den Objekten, auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Bare picture</source>
        <translation>Reines Bild</translation>
    </message>
    <message>
        <source>The frame as it came; objects are tracked all the same</source>
        <translation>Das Bild, wie es ankommt; Objekte werden trotzdem verfolgt</translation>
    </message>
    <message>
        <source>Object %1</source>
        <translation>Objekt %1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>Open a video file; dropping one on the window does the same</source>
        <translation>Videodatei öffnen; oder eine Datei auf das Fenster ziehen</translation>
    </message>
    <message>
        <source>Open webcam</source>
        <translation>Webcam öffnen</translation>
    </message>
    <message>
        <source>Use a camera of this computer</source>
        <translation>Eine Kamera dieses Rechners verwenden</translation>
    </message>
    <message>
        <source>Open stream address…</source>
        <translation>Stream-Adresse öffnen …</translation>
    </message>
    <message>
        <source>Use a network camera or stream (rtsp, http, hls)</source>
        <translation>Netzwerkkamera oder Stream verwenden (rtsp, http, hls)</translation>
    </message>
    <message>
        <source>Open screen</source>
        <translation>Bildschirm öffnen</translation>
    </message>
    <message>
        <source>Use what is on this computer&apos;s screen, or a part of it</source>
        <translation>Den Bildschirm dieses Rechners oder einen Teil davon verwenden</translation>
    </message>
    <message>
        <source>Pause file</source>
        <translation>Datei anhalten</translation>
    </message>
    <message>
        <source>Hold the file or let it play; live pictures always go on</source>
        <translation>Datei anhalten oder abspielen; Livebilder laufen immer weiter</translation>
    </message>
    <message>
        <source>Back 5 seconds</source>
        <translation>5 Sekunden zurück</translation>
    </message>
    <message>
        <source>Play the file from 5 seconds earlier; what is tracked stays tracked</source>
        <translation>Datei 5 Sekunden früher weiterspielen; Verfolgtes bleibt verfolgt</translation>
    </message>
    <message>
        <source>Forward 5 seconds</source>
        <translation>5 Sekunden vor</translation>
    </message>
    <message>
        <source>Play the file from 5 seconds later; what is tracked stays tracked</source>
        <translation>Datei 5 Sekunden später weiterspielen; Verfolgtes bleibt verfolgt</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>Play the file from its first frame; what is tracked stays tracked</source>
        <translation>Datei ab dem ersten Bild abspielen; Verfolgtes bleibt verfolgt</translation>
    </message>
    <message>
        <source>Play over and over</source>
        <translation>Endlos wiederholen</translation>
    </message>
    <message>
        <source>Start the file over at its end</source>
        <translation>Datei am Ende von vorn beginnen</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>Sitzung öffnen …</translation>
    </message>
    <message>
        <source>Go on with a saved session: its source, objects and their memory</source>
        <translation>Gespeicherte Sitzung fortsetzen: Quelle, Objekte und ihr Gedächtnis</translation>
    </message>
    <message>
        <source>Save session…</source>
        <translation>Sitzung speichern …</translation>
    </message>
    <message>
        <source>Keep source, objects and their memory in a file, to go on later</source>
        <translation>Quelle, Objekte und ihr Gedächtnis sichern, um später weiterzumachen</translation>
    </message>
    <message>
        <source>Close source</source>
        <translation>Quelle schließen</translation>
    </message>
    <message>
        <source>Stop and go back to the start page</source>
        <translation>Anhalten und zur Startseite zurückkehren</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Finish the recording, if any, and leave</source>
        <translation>Laufende Aufnahme abschließen und beenden</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Left click adds to the object, right click takes away</source>
        <translation>Linksklick fügt zum Objekt hinzu, Rechtsklick nimmt weg</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Drag a box around the object; with the right button, around what is not it</source>
        <translation>Rahmen um das Objekt ziehen; mit rechts um das, was nicht dazugehört</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Draw around the object; with the right button, around what is not it</source>
        <translation>Das Objekt umfahren; mit rechts das, was nicht dazugehört</translation>
    </message>
    <message>
        <source>Scribble</source>
        <translation>Strich</translation>
    </message>
    <message>
        <source>Draw roughly through the object; with the right button, beside it</source>
        <translation>Grob durch das Objekt streichen; mit rechts daneben</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Paint the object exactly; the wheel changes the size</source>
        <translation>Das Objekt genau ausmalen; das Mausrad ändert die Größe</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Take painted parts away exactly; the wheel changes the size</source>
        <translation>Teile genau wegradieren; das Mausrad ändert die Größe</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>Pinsel kleiner</translation>
    </message>
    <message>
        <source>Make the brush and the eraser smaller</source>
        <translation>Pinsel und Radierer verkleinern</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>Pinsel größer</translation>
    </message>
    <message>
        <source>Make the brush and the eraser larger</source>
        <translation>Pinsel und Radierer vergrößern</translation>
    </message>
    <message>
        <source>Freeze picture</source>
        <translation>Bild einfrieren</translation>
    </message>
    <message>
        <source>Hold the picture for marking; again to go on</source>
        <translation>Das Bild zum Markieren festhalten; noch einmal, um weiterzumachen</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>Correct live</source>
        <translation>Live korrigieren</translation>
    </message>
    <message>
        <source>Marks mend the tracked object as the picture runs; off: they freeze it</source>
        <translation>Markierungen verbessern das Objekt im laufenden Bild; aus: sie frieren es ein</translation>
    </message>
    <message>
        <source>Track what is marked</source>
        <translation>Markiertes verfolgen</translation>
    </message>
    <message>
        <source>Accept the marks and track the objects live</source>
        <translation>Markierungen übernehmen und die Objekte live verfolgen</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>Verfolgen</translation>
    </message>
    <message>
        <source>Drop the marks</source>
        <translation>Markierungen verwerfen</translation>
    </message>
    <message>
        <source>Forget the marks on this picture, or give up what is being opened</source>
        <translation>Markierungen auf diesem Bild verwerfen oder ein Öffnen abbrechen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take the last change back</source>
        <translation>Letzte Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>Zurückgenommenes wieder ausführen</translation>
    </message>
    <message>
        <source>Add at the crosshair</source>
        <translation>Am Fadenkreuz hinzufügen</translation>
    </message>
    <message>
        <source>The tool in hand at the crosshair, which the arrow keys move</source>
        <translation>Werkzeug am Fadenkreuz anwenden; die Pfeiltasten bewegen es</translation>
    </message>
    <message>
        <source>Take away at the crosshair</source>
        <translation>Am Fadenkreuz wegnehmen</translation>
    </message>
    <message>
        <source>The same with the right button</source>
        <translation>Dasselbe wie mit der rechten Maustaste</translation>
    </message>
    <message>
        <source>Next mark</source>
        <translation>Nächste Markierung</translation>
    </message>
    <message>
        <source>Choose the next numbered mark</source>
        <translation>Die nächste nummerierte Markierung wählen</translation>
    </message>
    <message>
        <source>Previous mark</source>
        <translation>Vorige Markierung</translation>
    </message>
    <message>
        <source>Choose the numbered mark before</source>
        <translation>Die vorige nummerierte Markierung wählen</translation>
    </message>
    <message>
        <source>Take the chosen mark back</source>
        <translation>Gewählte Markierung löschen</translation>
    </message>
    <message>
        <source>Remove the mark under the mouse, or chosen; also Shift and click on it</source>
        <translation>Markierung unter der Maus oder die gewählte löschen; auch Umschalt und Klick darauf</translation>
    </message>
    <message>
        <source>Import marks…</source>
        <translation>Markierungen importieren …</translation>
    </message>
    <message>
        <source>Masks (of several PNGs each is an object) or a marks file; or drop them</source>
        <translation>Masken (von mehreren PNGs ist jedes ein Objekt) oder Markierungsdatei; auch durch Hereinziehen</translation>
    </message>
    <message>
        <source>Save marks…</source>
        <translation>Markierungen speichern …</translation>
    </message>
    <message>
        <source>Save the marks on the frozen picture, to import them again</source>
        <translation>Markierungen des eingefrorenen Bildes sichern, um sie wieder zu importieren</translation>
    </message>
    <message>
        <source>New object</source>
        <translation>Neues Objekt</translation>
    </message>
    <message>
        <source>The next mark starts another object</source>
        <translation>Die nächste Markierung beginnt ein weiteres Objekt</translation>
    </message>
    <message>
        <source>Remove object</source>
        <translation>Objekt entfernen</translation>
    </message>
    <message>
        <source>Stop tracking the chosen object; on a numbered mark, remove that</source>
        <translation>Gewähltes Objekt nicht mehr verfolgen; auf einer Markierung: diese löschen</translation>
    </message>
    <message>
        <source>Lock object</source>
        <translation>Objekt sperren</translation>
    </message>
    <message>
        <source>Keep the chosen object as it is: no marks change it and it learns nothing</source>
        <translation>Gewähltes Objekt lassen, wie es ist: keine Markierung ändert es, es lernt nichts dazu</translation>
    </message>
    <message>
        <source>Hide object</source>
        <translation>Objekt ausblenden</translation>
    </message>
    <message>
        <source>Do not draw the chosen object, or draw it again; it is tracked all the same</source>
        <translation>Gewähltes Objekt nicht oder wieder zeichnen; verfolgt wird es trotzdem</translation>
    </message>
    <message>
        <source>Show object alone</source>
        <translation>Objekt allein zeigen</translation>
    </message>
    <message>
        <source>Draw no object but the chosen one, or all again</source>
        <translation>Nur das gewählte Objekt zeichnen oder wieder alle</translation>
    </message>
    <message>
        <source>Rename object</source>
        <translation>Objekt umbenennen</translation>
    </message>
    <message>
        <source>Type another name for the chosen object</source>
        <translation>Dem gewählten Objekt einen anderen Namen geben</translation>
    </message>
    <message>
        <source>Colour of the object…</source>
        <translation>Farbe des Objekts …</translation>
    </message>
    <message>
        <source>Choose another colour for the chosen object</source>
        <translation>Dem gewählten Objekt eine andere Farbe geben</translation>
    </message>
    <message>
        <source>Remove all objects</source>
        <translation>Alle Objekte entfernen</translation>
    </message>
    <message>
        <source>Forget everything and start over</source>
        <translation>Alles vergessen und von vorn beginnen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Record what the panel says; again to finish the file</source>
        <translation>Aufnehmen, was im Bedienfeld gewählt ist; noch einmal, um die Datei abzuschließen</translation>
    </message>
    <message>
        <source>Pause the recording</source>
        <translation>Aufnahme unterbrechen</translation>
    </message>
    <message>
        <source>Leave out what comes now; again to go on without a gap</source>
        <translation>Auslassen, was jetzt kommt; noch einmal, um lückenlos weiterzumachen</translation>
    </message>
    <message>
        <source>Go on in a new file</source>
        <translation>In neuer Datei fortsetzen</translation>
    </message>
    <message>
        <source>Finish this file and begin the next, without losing a picture</source>
        <translation>Diese Datei abschließen und die nächste beginnen, ohne ein Bild zu verlieren</translation>
    </message>
    <message>
        <source>Keep the last 30 seconds</source>
        <translation>Letzte 30 Sekunden vorhalten</translation>
    </message>
    <message>
        <source>Have what was just shown at hand, without recording all the time</source>
        <translation>Eben Gezeigtes bereithalten, ohne ständig aufzunehmen</translation>
    </message>
    <message>
        <source>Save the last 30 seconds</source>
        <translation>Letzte 30 Sekunden speichern</translation>
    </message>
    <message>
        <source>Save what was just shown, with its masks; keeping goes on</source>
        <translation>Eben Gezeigtes mit Masken speichern; es wird weiter vorgehalten</translation>
    </message>
    <message>
        <source>Take a picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Save the picture as it is shown, the mask, and the objects cut out</source>
        <translation>Das Bild wie gezeigt, die Maske und die freigestellten Objekte speichern</translation>
    </message>
    <message>
        <source>Virtual camera…</source>
        <translation>Virtuelle Kamera …</translation>
    </message>
    <message>
        <source>Let video calls and other programs use the picture as their camera</source>
        <translation>Videoanrufe und andere Programme das Bild als Kamera verwenden lassen</translation>
    </message>
    <message>
        <source>Save masks…</source>
        <translation>Masken speichern …</translation>
    </message>
    <message>
        <source>Save the masks shown now as a palette PNG</source>
        <translation>Die jetzt gezeigten Masken als Paletten-PNG speichern</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Show where recordings and pictures are saved</source>
        <translation>Zeigen, wo Aufnahmen und Bilder gespeichert werden</translation>
    </message>
    <message>
        <source>Hide overlay</source>
        <translation>Overlay ausblenden</translation>
    </message>
    <message>
        <source>Show the bare picture; objects are tracked all the same</source>
        <translation>Das reine Bild zeigen; Objekte werden trotzdem verfolgt</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>What is under the cursor three times as large, while marking</source>
        <translation>Beim Markieren dreifach vergrößern, was unter dem Zeiger liegt</translation>
    </message>
    <message>
        <source>Compare while held</source>
        <translation>Vergleichen, solange gedrückt</translation>
    </message>
    <message>
        <source>Show the bare picture as long as the key is down; never in a recording</source>
        <translation>Das reine Bild zeigen, solange die Taste gedrückt ist; nie in Aufnahmen</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>The bare picture, and beside it the view; recorded likewise</source>
        <translation>Das reine Bild und daneben die Ansicht; auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Swap left and right, in recordings too</source>
        <translation>Links und rechts vertauschen, auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Turn by 90°</source>
        <translation>Um 90° drehen</translation>
    </message>
    <message>
        <source>Turn the picture clockwise, in recordings too</source>
        <translation>Das Bild im Uhrzeigersinn drehen, auch in Aufnahmen</translation>
    </message>
    <message>
        <source>Live figures</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Rates, delay and memory: the main ones, all, none; never part of a recording</source>
        <translation>Raten, Verzögerung, Speicher: die wichtigsten, alle, keine; nie in Aufnahmen</translation>
    </message>
    <message>
        <source>Graph in the figures</source>
        <translation>Verlauf in den Messwerten</translation>
    </message>
    <message>
        <source>Stage times of the last minute in colours, memory as the line over them</source>
        <translation>Zeiten der letzten Minute je Schritt in Farben, der Speicher als Linie darüber</translation>
    </message>
    <message>
        <source>Side panel</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Show or hide the panel at the side</source>
        <translation>Seitenleiste ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Closer; also the wheel, with Ctrl when it sizes a brush, or a pinch</source>
        <translation>Näher heran; auch mit dem Mausrad (beim Pinsel mit Strg) oder zwei Fingern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Farther; the middle button moves the picture</source>
        <translation>Weiter weg; die mittlere Maustaste verschiebt das Bild</translation>
    </message>
    <message>
        <source>Fit picture</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Show the whole picture; also a double click with the middle button</source>
        <translation>Das ganze Bild zeigen; auch mit einem mittleren Doppelklick</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Nothing but the picture; again to return</source>
        <translation>Nur das Bild; noch einmal, um zurückzukehren</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Theme, folder, device: what is kept between runs</source>
        <translation>Sprache, Farben, Ordner, Gerät: was dauerhaft gilt</translation>
    </message>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>All shortcuts at a glance</source>
        <translation>Alle Tastenkürzel auf einen Blick</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern …</translation>
    </message>
    <message>
        <source>Choose other shortcuts</source>
        <translation>Andere Tastenkürzel wählen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Versions, devices and the end of the log, for asking for help</source>
        <translation>Versionen, Geräte und das Ende des Protokolls, um Hilfe zu bekommen</translation>
    </message>
    <message>
        <source>Marks go to object %1</source>
        <translation>Markierungen gelten für Objekt %1</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Something went wrong inside the program (%1). You can go on; the log tells more.</source>
        <translation>Im Programm ist ein Fehler aufgetreten (%1). Es läuft weiter; Näheres steht im Protokoll.</translation>
    </message>
</context>
<context>
    <name>BackdropRow</name>
    <message>
        <source>Picture…</source>
        <translation>Bild …</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild wählen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)</translation>
    </message>
    <message>
        <source>No picture chosen</source>
        <translation>Kein Bild gewählt</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>CameraChooser</name>
    <message>
        <source>No camera was found. Plug one in, allow access to it, try again.</source>
        <translation>Keine Kamera gefunden. Eine anschließen, den Zugriff erlauben und noch einmal versuchen.</translation>
    </message>
</context>
<context>
    <name>CameraRow</name>
    <message>
        <source>Size of the camera&apos;s picture</source>
        <translation>Größe des Kamerabilds</translation>
    </message>
    <message>
        <source>Pictures per second of the camera</source>
        <translation>Bilder pro Sekunde der Kamera</translation>
    </message>
    <message>
        <source>Any size</source>
        <translation>Beliebige Größe</translation>
    </message>
    <message>
        <source>Any rate</source>
        <translation>Beliebige Rate</translation>
    </message>
</context>
<context>
    <name>ColorRow</name>
    <message>
        <source>Colour…</source>
        <translation>Farbe …</translation>
    </message>
</context>
<context>
    <name>ActionHandlers</name>
    <message>
        <source>Press Enter to track what is marked, or Esc to drop it.</source>
        <translation>Mit Enter Markiertes verfolgen oder mit Esc verwerfen.</translation>
    </message>
    <message>
        <source>This view hides something, so the bare picture is not shown.</source>
        <translation>Diese Ansicht verbirgt etwas, daher wird das reine Bild nicht gezeigt.</translation>
    </message>
</context>
<context>
    <name>ConversionRow</name>
    <message>
        <source>Progress of the conversion</source>
        <translation>Fortschritt der Umwandlung</translation>
    </message>
    <message>
        <source>Give up converting; the recording is kept</source>
        <translation>Umwandlung abbrechen; die Aufnahme bleibt erhalten</translation>
    </message>
    <message>
        <source>Converting to %1: %2 %</source>
        <translation>Umwandeln in %1: %2 %</translation>
    </message>
</context>
<context>
    <name>EdgeSliders</name>
    <message>
        <source>Grow</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Weichheit</translation>
    </message>
    <message>
        <source>Steadier</source>
        <translation>Ruhe</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>H.264, Matroska</source>
        <translation>H.264, Matroska</translation>
    </message>
    <message>
        <source>the view as shown; the safest</source>
        <translation>die Ansicht wie gezeigt; am sichersten</translation>
    </message>
    <message>
        <source>H.264, MP4</source>
        <translation>H.264, MP4</translation>
    </message>
    <message>
        <source>the view as shown; plays everywhere</source>
        <translation>die Ansicht wie gezeigt; läuft überall</translation>
    </message>
    <message>
        <source>Alpha: QuickTime Animation</source>
        <translation>Alpha: QuickTime Animation</translation>
    </message>
    <message>
        <source>lossless, for video editors; large files</source>
        <translation>verlustfrei, für den Videoschnitt; große Dateien</translation>
    </message>
    <message>
        <source>Alpha: FFV1, Matroska</source>
        <translation>Alpha: FFV1, Matroska</translation>
    </message>
    <message>
        <source>lossless, smaller; slower to write</source>
        <translation>verlustfrei, kleiner; langsamer zu schreiben</translation>
    </message>
    <message>
        <source>Alpha: ProRes 4444</source>
        <translation>Alpha: ProRes 4444</translation>
    </message>
    <message>
        <source>QuickTime Animation, converted after the stop</source>
        <translation>QuickTime Animation, nach dem Ende umgewandelt</translation>
    </message>
    <message>
        <source>Alpha: VP9, WebM</source>
        <translation>Alpha: VP9, WebM</translation>
    </message>
    <message>
        <source>for web pages; converted after the stop</source>
        <translation>für Webseiten; nach dem Ende umgewandelt</translation>
    </message>
    <message>
        <source>Masks (PNG)</source>
        <translation>Masken (PNG)</translation>
    </message>
    <message>
        <source>one picture per frame, DAVIS palette</source>
        <translation>ein Bild je Einzelbild, DAVIS-Palette</translation>
    </message>
    <message>
        <source>Masks (COCO JSON)</source>
        <translation>Masken (COCO-JSON)</translation>
    </message>
    <message>
        <source>run-length codes, scores, times</source>
        <translation>Lauflängencodes, Konfidenzen, Zeiten</translation>
    </message>
    <message>
        <source>Soft masks (PNG)</source>
        <translation>Weiche Masken (PNG)</translation>
    </message>
    <message>
        <source>8-bit grey per object and frame</source>
        <translation>8 Bit Grau je Objekt und Einzelbild</translation>
    </message>
    <message>
        <source>As tracked: what the view does to edges is not in them.</source>
        <translation>Wie verfolgt: ohne die Randeinstellungen der Ansicht.</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>Choose the object to mark</source>
        <translation>Objekt zum Markieren wählen</translation>
    </message>
    <message>
        <source>Choose the view</source>
        <translation>Ansicht wählen</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Add to the object</source>
        <translation>Zum Objekt hinzufügen</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Take away from it</source>
        <translation>Vom Objekt wegnehmen</translation>
    </message>
    <message>
        <source>Shift + left</source>
        <translation>Umschalt + links</translation>
    </message>
    <message>
        <source>Take a numbered mark back</source>
        <translation>Markierung löschen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Zoom; with a brush, its size</source>
        <translation>Zoom; beim Pinsel seine Größe</translation>
    </message>
    <message>
        <source>Ctrl + wheel, pinch</source>
        <translation>Strg + Rad, zwei Finger</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Middle, two fingers</source>
        <translation>Mitte, zwei Finger</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Bild verschieben</translation>
    </message>
    <message>
        <source>Middle twice</source>
        <translation>Mitte doppelt</translation>
    </message>
    <message>
        <source>Fit picture</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Arrows, + and −</source>
        <translation>Pfeile, + und −</translation>
    </message>
    <message>
        <source>Mark by keyboard</source>
        <translation>Mit der Tastatur markieren</translation>
    </message>
</context>
<context>
    <name>HintCard</name>
    <message>
        <source>No more hints</source>
        <translation>Keine Hinweise mehr</translation>
    </message>
    <message>
        <source>Step %1 of 3</source>
        <translation>Schritt %1 von 3</translation>
    </message>
    <message>
        <source>Click the object you want to follow. The picture waits for you.</source>
        <translation>Das gewünschte Objekt anklicken. Das Bild wartet so lange.</translation>
    </message>
    <message>
        <source>Is it marked well? A right click takes away, Enter tracks it.</source>
        <translation>Stimmt die Markierung? Rechtsklick nimmt weg, Enter startet die Verfolgung.</translation>
    </message>
    <message>
        <source>It is followed now. Click it again any time to correct; R records.</source>
        <translation>Es wird jetzt verfolgt. Zum Korrigieren jederzeit wieder anklicken; R nimmt auf.</translation>
    </message>
</context>
<context>
    <name>Hud</name>
    <message>
        <source>Live figures</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>lädt …</translation>
    </message>
    <message>
        <source>%1, constant</source>
        <translation>%1, gleichbleibend</translation>
    </message>
    <message>
        <source>skipped %1 frames</source>
        <translation>%1 Bilder ausgelassen</translation>
    </message>
    <message>
        <source>delay %1</source>
        <translation>Verzögerung %1</translation>
    </message>
    <message>
        <source>memory %1</source>
        <translation>Speicher %1</translation>
    </message>
    <message>
        <source>masks per second</source>
        <translation>Masken pro Sekunde</translation>
    </message>
    <message>
        <source>Milliseconds per frame</source>
        <translation>Millisekunden pro Bild</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Anzeige</translation>
    </message>
    <message>
        <source>Delay p50 / p95</source>
        <translation>Verzögerung p50 / p95</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Gedächtnis</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Network sees</source>
        <translation>Netz sieht</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Governor</source>
        <translation>Regler</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>every frame</source>
        <translation>jedes Bild</translation>
    </message>
    <message>
        <source>%1 % still, masks kept</source>
        <translation>%1 % unbewegt, Masken behalten</translation>
    </message>
    <message>
        <source>network on %1 frame</source>
        <translation>Netz bei %1 Bild</translation>
    </message>
    <message>
        <source>learns from %1</source>
        <translation>lernt aus %1</translation>
    </message>
    <message>
        <source>every 2nd</source>
        <translation>jedem 2.</translation>
    </message>
    <message>
        <source>every 3rd</source>
        <translation>jedem 3.</translation>
    </message>
    <message>
        <source>every %1th</source>
        <translation>jedem %1.</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Loading the network…</source>
        <translation>Netz wird geladen …</translation>
    </message>
    <message>
        <source>Finishing the recording…</source>
        <translation>Aufnahme wird abgeschlossen …</translation>
    </message>
    <message>
        <source>Closing…</source>
        <translation>Wird geschlossen …</translation>
    </message>
    <message>
        <source>Did not stop in time: %1. Restart the program if the source hangs.</source>
        <translation>Nicht rechtzeitig beendet: %1. Falls die Quelle hängt, das Programm neu starten.</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>Haupt</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>MarksFiles</name>
    <message>
        <source>Import marks</source>
        <translation>Markierungen importieren</translation>
    </message>
    <message>
        <source>Masks and marks (%1)</source>
        <translation>Masken und Markierungen (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save marks</source>
        <translation>Markierungen speichern</translation>
    </message>
    <message>
        <source>Save masks</source>
        <translation>Masken speichern</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>ObjectRow</name>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation>Ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show alone</source>
        <translation>Allein zeigen</translation>
    </message>
    <message>
        <source>Lock or unlock</source>
        <translation>Sperren oder freigeben</translation>
    </message>
    <message>
        <source>Remove object</source>
        <translation>Objekt entfernen</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>Out of sight: it comes back by itself, or mark it again.</source>
        <translation>Nicht zu sehen: kommt von selbst wieder, oder neu markieren.</translation>
    </message>
    <message>
        <source>Confidence %1 %</source>
        <translation>Konfidenz %1 %</translation>
    </message>
</context>
<context>
    <name>ObjectsPanel</name>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Add object</source>
        <translation>Objekt hinzufügen</translation>
    </message>
    <message>
        <source>The next mark starts another object (N)</source>
        <translation>Die nächste Markierung beginnt ein weiteres Objekt (N)</translation>
    </message>
    <message>
        <source>What you mark is listed here.</source>
        <translation>Markiertes erscheint hier.</translation>
    </message>
    <message>
        <source>%1 tracked</source>
        <translation>%1 verfolgt</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Opening %1…
Esc gives up.</source>
        <translation>%1 wird geöffnet …
Esc bricht ab.</translation>
    </message>
</context>
<context>
    <name>Outputs</name>
    <message>
        <source>Nothing was saved yet.</source>
        <translation>Es wurde noch nichts gespeichert.</translation>
    </message>
</context>
<context>
    <name>PaceRow</name>
    <message>
        <source>Keep at least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>Where the machine is too slow for this rate, work on smaller pictures and less often. Off: every frame in full, however long it takes.</source>
        <translation>Ist der Rechner für diese Rate zu langsam, wird mit kleineren Bildern und seltener gerechnet. Aus: jedes Bild vollständig, egal wie lange es dauert.</translation>
    </message>
    <message>
        <source> fps</source>
        <translation> fps</translation>
    </message>
    <message>
        <source>Masks per second to keep</source>
        <translation>Gewünschte Masken pro Sekunde</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Video picture</source>
        <translation>Videobild</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>Am schnellsten</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Offer to go on where it was after a crash</source>
        <translation>Nach einem Absturz das Fortsetzen anbieten</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Folder for recordings and pictures</source>
        <translation>Ordner für Aufnahmen und Bilder</translation>
    </message>
    <message>
        <source>Choose the folder for recordings and pictures</source>
        <translation>Ordner für Aufnahmen und Bilder wählen</translation>
    </message>
    <message>
        <source>Another language or folder is used from the next start on.</source>
        <translation>Sprache und Ordner gelten ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Shorter side</source>
        <translation>Kürzere Seite</translation>
    </message>
    <message>
        <source>These hold from the next source on. More pixels are finer and slower.</source>
        <translation>Gilt ab der nächsten Quelle. Mehr Pixel sind genauer und langsamer.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Tracking</source>
        <translation>Verfolgung</translation>
    </message>
    <message>
        <source>Told apart by all (Okabe-Ito)</source>
        <translation>Für alle unterscheidbar (Okabe-Ito)</translation>
    </message>
    <message>
        <source>Bright colours</source>
        <translation>Leuchtende Farben</translation>
    </message>
    <message>
        <source>DAVIS colours, as in mask files</source>
        <translation>DAVIS-Farben, wie in Maskendateien</translation>
    </message>
    <message>
        <source>The fastest there is</source>
        <translation>Das schnellste vorhandene</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>CUDA card</source>
        <translation>CUDA-Karte</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple-GPU</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>Ordner für Aufnahmen</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Forget these</source>
        <translation>Liste leeren</translation>
    </message>
</context>
<context>
    <name>RecordOptions</name>
    <message>
        <source>Soft</source>
        <translation>Weich</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Video format</source>
        <translation>Videoformat</translation>
    </message>
</context>
<context>
    <name>RecordPanel</name>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>Gespeichert in %1</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>New file</source>
        <translation>Neue Datei</translation>
    </message>
    <message>
        <source>Keep the last 30 s</source>
        <translation>Letzte 30 s vorhalten</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Last %1 s kept (%2)</source>
        <translation>Letzte %1 s (%2)</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>%1 ausgelassen</translation>
    </message>
    <message>
        <source>%1 left on the disk</source>
        <translation>%1 frei</translation>
    </message>
    <message>
        <source>%1 left on the disk, about %2</source>
        <translation>%1 frei, etwa %2</translation>
    </message>
</context>
<context>
    <name>ReportCopier</name>
    <message>
        <source>Looking at this machine…</source>
        <translation>Rechner wird untersucht …</translation>
    </message>
    <message>
        <source>The report is on the clipboard. It holds no passwords; read it over.</source>
        <translation>Der Bericht ist in der Zwischenablage. Er enthält keine Passwörter; bitte durchsehen.</translation>
    </message>
</context>
<context>
    <name>EventRouter</name>
    <message>
        <source>Session saved: %1</source>
        <translation>Sitzung gespeichert: %1</translation>
    </message>
    <message>
        <source>The last seconds are saved: %1</source>
        <translation>Die letzten Sekunden sind gespeichert: %1</translation>
    </message>
    <message>
        <source>“%1” is corrected.</source>
        <translation>„%1“ ist korrigiert.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>tracking stopped</source>
        <translation>Verfolgung beendet</translation>
    </message>
    <message>
        <source>Trying again in %1 s.</source>
        <translation>Neuer Versuch in %1 s.</translation>
    </message>
    <message>
        <source>No pictures; trying again…</source>
        <translation>Keine Bilder; neuer Versuch …</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Zu Ende</translation>
    </message>
    <message>
        <source>The video is over (%1 frames).</source>
        <translation>Das Video ist zu Ende (%1 Bilder).</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Picture saved: %1</source>
        <translation>Bild gespeichert: %1</translation>
    </message>
    <message>
        <source>Recording saved: %1</source>
        <translation>Aufnahme gespeichert: %1</translation>
    </message>
    <message>
        <source>Nothing was recorded: %1</source>
        <translation>Nichts aufgenommen: %1</translation>
    </message>
    <message>
        <source>The recording ended early: %2 What there is, is in %1.</source>
        <translation>Die Aufnahme endete vorzeitig: %2 Das Vorhandene liegt in %1.</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>ScreenChooser</name>
    <message>
        <source>No screen was found that could be captured.</source>
        <translation>Kein Bildschirm gefunden, der sich aufnehmen lässt.</translation>
    </message>
    <message>
        <source>Part of the screen…</source>
        <translation>Teil des Bildschirms …</translation>
    </message>
</context>
<context>
    <name>SeekBar</name>
    <message>
        <source>Position in the file</source>
        <translation>Position in der Datei</translation>
    </message>
    <message>
        <source>Play over and over</source>
        <translation>Endlos wiederholen</translation>
    </message>
</context>
<context>
    <name>Seeking</name>
    <message>
        <source>Press Enter to track what is marked, or Esc to drop it.</source>
        <translation>Mit Enter Markiertes verfolgen oder mit Esc verwerfen.</translation>
    </message>
</context>
<context>
    <name>SessionFiles</name>
    <message>
        <source>This address is all secret: a session of it cannot be kept in a file.</source>
        <translation>Diese Adresse ist ganz geheim: eine Sitzung dazu lässt sich nicht speichern.</translation>
    </message>
    <message>
        <source>The program was not closed last time. Go on where it was?</source>
        <translation>Das Programm wurde zuletzt nicht beendet. Dort fortsetzen?</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>The address is kept without its password. Complete it, press Enter.</source>
        <translation>Die Adresse ist ohne Passwort gespeichert. Ergänzen und Enter drücken.</translation>
    </message>
    <message>
        <source>Sessions (%1)</source>
        <translation>Sitzungen (%1)</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>Taste übernehmen</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>All as at first</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Choose an action, then press its new key here:</source>
        <translation>Aktion wählen, dann hier die neue Taste drücken:</translation>
    </message>
    <message>
        <source>“%1” has this key; it loses it.</source>
        <translation>„%1“ hat diese Taste und verliert sie.</translation>
    </message>
</context>
<context>
    <name>StallWatchdog</name>
    <message>
        <source>The source sends no new pictures, but has reported no error. Check that it is switched on and connected; if nothing comes, choose it again.</source>
        <translation>Die Quelle schickt keine neuen Bilder, hat aber keinen Fehler gemeldet. Prüfen Sie, ob sie eingeschaltet und verbunden ist; kommt weiterhin nichts, wählen Sie sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>SoundChoice</name>
    <message>
        <source>Sound of recordings</source>
        <translation>Ton der Aufnahmen</translation>
    </message>
    <message>
        <source>What is heard in recordings, in step with the picture</source>
        <translation>Was in Aufnahmen zu hören ist, synchron zum Bild</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Of the file</source>
        <translation>Der Datei</translation>
    </message>
</context>
<context>
    <name>SoundMeter</name>
    <message>
        <source>Loudness of the microphone</source>
        <translation>Lautstärke des Mikrofons</translation>
    </message>
    <message>
        <source>How loud the microphone is; at the right end it is distorted</source>
        <translation>Wie laut das Mikrofon ist; am rechten Ende übersteuert es</translation>
    </message>
</context>
<context>
    <name>SourcePanel</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Pause or play the file</source>
        <translation>Datei anhalten oder abspielen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Stream</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Schirm</translation>
    </message>
    <message>
        <source>Stream address</source>
        <translation>Stream-Adresse</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>Choose one, or drop a file on the window</source>
        <translation>Wählen oder eine Datei hereinziehen</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
</context>
<context>
    <name>StageGraph</name>
    <message>
        <source>Graph of stage times and memory</source>
        <translation>Verlauf der Zeiten je Schritt und des Speichers</translation>
    </message>
</context>
<context>
    <name>Stages</name>
    <message>
        <source>motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>flow</source>
        <translation>Optischer Fluss</translation>
    </message>
    <message>
        <source>preprocess</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>encode key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>read memory</source>
        <translation>Erinnern</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>Dekodieren</translation>
    </message>
    <message>
        <source>fetch</source>
        <translation>Abholen</translation>
    </message>
    <message>
        <source>masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>encode value</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>memorise</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>compose</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>capture</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>view</source>
        <translation>Anzeige</translation>
    </message>
    <message>
        <source>record</source>
        <translation>Aufnahme</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Open a camera, a video or a stream to begin.</source>
        <translation>Zum Beginnen Kamera, Video oder Stream öffnen.</translation>
    </message>
    <message>
        <source>Mark the running picture to correct it at once; right button takes away. Space freezes it, N starts another object.</source>
        <translation>Im laufenden Bild markieren korrigiert sofort; rechts nimmt weg. Leertaste friert ein, N beginnt ein neues Objekt.</translation>
    </message>
    <message>
        <source>Mark the picture any time to correct. N starts another object.</source>
        <translation>Zum Korrigieren jederzeit im Bild markieren. N beginnt ein neues Objekt.</translation>
    </message>
    <message>
        <source>Click an object to follow it. The picture freezes by itself.</source>
        <translation>Ein Objekt anklicken, um es zu verfolgen. Das Bild friert von selbst ein.</translation>
    </message>
    <message>
        <source>Left click adds to the object, right click takes away.</source>
        <translation>Linksklick fügt zum Objekt hinzu, Rechtsklick nimmt weg.</translation>
    </message>
    <message>
        <source>Drag a box around the object; then click to correct.</source>
        <translation>Einen Rahmen um das Objekt ziehen; danach mit Klicks korrigieren.</translation>
    </message>
    <message>
        <source>Draw around the object; then click to correct.</source>
        <translation>Das Objekt umfahren; danach mit Klicks korrigieren.</translation>
    </message>
    <message>
        <source>Scribble through the object; right button: beside it.</source>
        <translation>Durch das Objekt streichen; mit rechts: daneben.</translation>
    </message>
    <message>
        <source>Paint the object; right button erases, the wheel sets the size.</source>
        <translation>Das Objekt ausmalen; rechts radiert, das Mausrad ändert die Größe.</translation>
    </message>
    <message>
        <source>Erase what is too much; the wheel sets the size.</source>
        <translation>Überzähliges wegradieren; das Mausrad ändert die Größe.</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>click on %1</source>
        <translation>Klick auf %1</translation>
    </message>
    <message>
        <source>scribble on %1</source>
        <translation>Strich auf %1</translation>
    </message>
    <message>
        <source>box around %1</source>
        <translation>Rahmen um %1</translation>
    </message>
    <message>
        <source>lasso around %1</source>
        <translation>Lasso um %1</translation>
    </message>
    <message>
        <source>brush on %1</source>
        <translation>Pinsel auf %1</translation>
    </message>
    <message>
        <source>eraser on %1</source>
        <translation>Radierer auf %1</translation>
    </message>
    <message>
        <source>removal of a mark on %1</source>
        <translation>Löschen einer Markierung auf %1</translation>
    </message>
    <message>
        <source>import of marks</source>
        <translation>Import von Markierungen</translation>
    </message>
    <message>
        <source>tracking of %1</source>
        <translation>Verfolgung von %1</translation>
    </message>
    <message>
        <source>correction of %1</source>
        <translation>Korrektur von %1</translation>
    </message>
    <message>
        <source>removal of %1</source>
        <translation>Entfernen von %1</translation>
    </message>
    <message>
        <source>renaming of %1</source>
        <translation>Umbenennen von %1</translation>
    </message>
    <message>
        <source>colour of %1</source>
        <translation>Farbe von %1</translation>
    </message>
    <message>
        <source>hiding or showing of %1</source>
        <translation>Ein- oder Ausblenden von %1</translation>
    </message>
    <message>
        <source>looks of %1</source>
        <translation>Aussehen von %1</translation>
    </message>
    <message>
        <source>lock of %1</source>
        <translation>Sperre von %1</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Redo %1</source>
        <translation>Wiederherstellen: %1</translation>
    </message>
    <message>
        <source>%1 objects</source>
        <translation>%1 Objekten</translation>
    </message>
</context>
<context>
    <name>ControlSync</name>
    <message>
        <source>FROZEN — mark “%1”, Enter to track, Esc to go on</source>
        <translation>EINGEFROREN – „%1“ markieren, Enter verfolgt, Esc geht weiter</translation>
    </message>
    <message>
        <source>Catching up… %1 of %2</source>
        <translation>Aufholen … %1 von %2</translation>
    </message>
    <message>
        <source>Out of sight: %1</source>
        <translation>Nicht zu sehen: %1</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
</context>
<context>
    <name>ThemeMenu</name>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
</context>
<context>
    <name>VideoDialog</name>
    <message>
        <source>Open a video</source>
        <translation>Video öffnen</translation>
    </message>
    <message>
        <source>Videos (%1)</source>
        <translation>Videos (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Delete or Shift and click takes this mark back.</source>
        <translation>Entf oder Umschalt und Klick löscht diese Markierung.</translation>
    </message>
</context>
<context>
    <name>ViewPanel</name>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Kontur</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>none</source>
        <translation>kein</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Show the bare picture while held (Q)</source>
        <translation>Reines Bild zeigen, solange gedrückt (Q)</translation>
    </message>
    <message>
        <source>Beside the bare picture (D)</source>
        <translation>Neben dem reinen Bild (D)</translation>
    </message>
    <message>
        <source>Mirror (X)</source>
        <translation>Spiegeln (X)</translation>
    </message>
    <message>
        <source>Turn by 90° (T)</source>
        <translation>Um 90° drehen (T)</translation>
    </message>
    <message>
        <source>Show or hide the overlay (H)</source>
        <translation>Overlay ein- oder ausblenden (H)</translation>
    </message>
</context>
<context>
    <name>VirtualCameraDialog</name>
    <message>
        <source>Virtual camera</source>
        <translation>Virtuelle Kamera</translation>
    </message>
    <message>
        <source>Size of the virtual camera</source>
        <translation>Größe der virtuellen Kamera</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>It is on: choose it in the other program.</source>
        <translation>Sie ist an: im anderen Programm auswählen.</translation>
    </message>
    <message>
        <source>It is off.</source>
        <translation>Sie ist aus.</translation>
    </message>
    <message>
        <source>Video calls and other programs can choose the picture as it is drawn here as their camera. A private view stays private there, too.</source>
        <translation>Videoanrufe und andere Programme können das Bild, wie es hier gezeichnet ist, als Kamera wählen. Eine private Ansicht bleibt auch dort privat.</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Click any object. It stays segmented.</source>
        <translation>Ein Objekt anklicken. Es bleibt segmentiert.</translation>
    </message>
    <message>
        <source>Open a camera, a video, a stream or the screen, then click what you want to follow.
You can also drop a video file here.</source>
        <translation>Kamera, Video, Stream oder Bildschirm öffnen, dann das gewünschte Objekt anklicken.
Videodateien lassen sich auch hierher ziehen.</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>Webcam</translation>
    </message>
    <message>
        <source>Video file…</source>
        <translation>Videodatei …</translation>
    </message>
    <message>
        <source>Stream…</source>
        <translation>Stream …</translation>
    </message>
    <message>
        <source>Screen…</source>
        <translation>Bildschirm …</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Demo ansehen</translation>
    </message>
</context>
<context>
    <name>_FoldButton</name>
    <message>
        <source>Show this section</source>
        <translation>Abschnitt aufklappen</translation>
    </message>
    <message>
        <source>Fold this section up</source>
        <translation>Abschnitt zuklappen</translation>
    </message>
</context>
</TS>
