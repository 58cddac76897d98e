//! Where the published list is looked for, and what is refused there.
//! The download is tested against a server on this machine: the public address is Livepeer's.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    path::PathBuf,
    thread,
};

use confluence::{
    network::{Migration, Network},
    snapshot::{Found, Place, Population, Provenance, Search, SnapshotError},
};
use tempfile::TempDir;

/// A small list on disk, and a migration that published it.
struct Published {
    folder: TempDir,
    file: PathBuf,
    text: String,
    migration: Migration,
}

fn published() -> Published {
    let found = Found::synthetic(Population::like_published(50), 1).expect("possible");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.json");
    let text = found.list.to_json();
    fs::write(&file, &text).expect("a file");
    let mainnet = Network::load("mainnet").expect("built in");
    let mut migration = mainnet.migration().expect("has one").clone();
    migration.snapshot_root = found.root();
    migration.snapshot_urls.clear();
    Published {
        folder,
        file,
        text,
        migration,
    }
}

/// Answers one request with `body`, and gives the address.
fn serve_once(status: &'static str, body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("bound");
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a request");
        let mut request = [0; 1024];
        let _ = stream.read(&mut request).expect("a request");
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body.as_bytes()))
            .expect("sent");
    });
    format!("http://{address}/list.json")
}

#[test]
fn the_first_usual_place_that_has_it_is_taken() {
    let list = published();
    let absent = list.folder.path().join("absent.json");
    let places = vec![Place::Usual(absent), Place::Usual(list.file.clone())];
    let found = Search::in_places(&list.migration, places, None)
        .local()
        .expect("there");
    assert_eq!(found.root(), list.migration.snapshot_root);
    assert!(matches!(found.provenance, Provenance::Published { .. }));
}

#[test]
fn a_named_place_without_a_file_is_an_error_and_nothing_else_is_tried() {
    let list = published();
    let absent = list.folder.path().join("absent.json");
    let places = vec![
        Place::Named(absent.clone()),
        Place::Usual(list.file.clone()),
    ];
    let error = Search::in_places(&list.migration, places, None)
        .local()
        .expect_err("absent");
    assert!(matches!(error, SnapshotError::File { what: "read", path, .. } if path == absent));
}

#[test]
fn a_list_with_another_root_is_refused_even_in_a_usual_place() {
    let mut list = published();
    list.migration.snapshot_root.0[0] ^= 1;
    let places = vec![Place::Usual(list.file.clone())];
    let search = Search::in_places(&list.migration, places, None);
    assert!(matches!(
        search.local(),
        Err(SnapshotError::WrongRoot { .. })
    ));
    assert!(matches!(
        search.local_or_synthetic(1),
        Err(SnapshotError::WrongRoot { .. })
    ));
}

#[test]
fn a_list_that_is_nowhere_is_reported_with_the_places_tried() {
    let list = published();
    let absent = list.folder.path().join("absent.json");
    let search = Search::in_places(&list.migration, vec![Place::Usual(absent)], None);
    let error = search.local().expect_err("absent").to_string();
    assert!(
        error.contains("absent.json") && error.contains("--list FILE"),
        "{error}"
    );
}

#[test]
fn a_stand_in_for_a_missing_list_says_that_it_is_one() {
    let list = published();
    let found = Search::in_places(&list.migration, vec![], None)
        .local_or_synthetic(5)
        .expect("made");
    assert_eq!(found.provenance, Provenance::Synthetic { seed: 5 });
    assert!(found.provenance.to_string().contains("SYNTHETIC"));
    assert_eq!(found.list.leaves().len(), list.migration.snapshot_leaves);
}

#[test]
fn a_download_is_accepted_by_its_root_and_kept() {
    let mut list = published();
    let cache = list.folder.path().join("cache/list.json");
    list.migration.snapshot_urls = vec![
        serve_once("404 Not Found", String::new()),
        serve_once("200 OK", list.text.clone()),
    ];
    let search = Search::in_places(
        &list.migration,
        vec![Place::Usual(cache.clone())],
        Some(cache.clone()),
    );
    let found = search.local_or_download().expect("downloaded");
    assert_eq!(found.root(), list.migration.snapshot_root);
    assert_eq!(fs::read_to_string(&cache).expect("kept"), list.text);
    // both servers are gone: now it comes from the cache
    let again = search.local_or_download().expect("kept");
    assert_eq!(
        again.provenance,
        Provenance::Published {
            from: cache.display().to_string(),
            root: found.root()
        }
    );
}

#[test]
fn a_download_with_another_root_is_refused_and_not_kept() {
    let mut list = published();
    let cache = list.folder.path().join("cache/list.json");
    let other = Found::synthetic(Population::like_published(50), 2).expect("possible");
    list.migration.snapshot_urls = vec![serve_once("200 OK", other.list.to_json())];
    let search = Search::in_places(&list.migration, vec![], Some(cache.clone()));
    assert!(matches!(
        search.local_or_download(),
        Err(SnapshotError::WrongRoot { .. })
    ));
    assert!(!cache.exists());
}

#[test]
fn a_failed_download_names_the_address_and_another_way() {
    let mut list = published();
    list.migration.snapshot_urls = vec![serve_once("404 Not Found", String::new())];
    let url = list.migration.snapshot_urls[0].clone();
    let search = Search::in_places(&list.migration, vec![], None);
    let error = search.local_or_download().expect_err("404").to_string();
    assert!(
        error.contains(&url) && error.contains("404") && error.contains("--list"),
        "{error}"
    );
}
